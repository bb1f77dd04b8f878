import { emptyPlan } from '../../../shared/domain/plans/standard.ts'
import { ROTATION_TRIGGERS } from '../../../shared/domain/rotation.ts'
import { EXCHANGED_KINDS, type ExchangedKind } from '../../../shared/team/rights.ts'

/** The connection, and all else that the bodies name by a uid. */
export const UID = '01890000-0000-7000-8000-00000000aaaa'
export const HASH = 'ab'.repeat(32)
const target = { connectionUid: UID, project: null }
const words = { usd: '100.00', enforcement: 'alert', thresholds: [80, 100] }
const finding = {
  findingNamed: { connectionUid: UID, rule: 'key-old', kind: 'key', externalId: 'key_1' },
  cause: '2026-11-18',
  rule: 'key-old',
  connection: 'Acme production',
}
const facts = { risk: 1, numbers: { days: 3 }, words: { name: 'Key' } }
const view = { viewUid: UID, list: 'keys', name: 'Old keys' }
const key = { connectionUid: UID, key: 'key_2', firstKey: 'key_1' }
const account = { connectionUid: UID, externalId: 'user_1' }
const plan = { planUid: UID }
const version = { ...plan, versionUid: UID, errors: 0, warnings: 0, says: 'Edited' }
const model = emptyPlan('Acme')
const review = { reviewUid: UID }
const change = {
  remediationUid: UID,
  action: 'member-remove',
  says: 'Remove.',
  connection: 'Acme',
  connectionUid: UID,
  subject: { kind: 'principal', named: account },
  values: {},
  origin: null,
}
const outcome = { outcome: 'Answered.' }
const before = { state: 'waiting', outcome: null, endedAt: null }

/** A body of each kind that a team exchanges, without its version. */
const BODIES: Readonly<Record<ExchangedKind, Readonly<Record<string, unknown>>>> = {
  'client.added': {
    clientUid: UID,
    name: 'Acme',
    kind: 'client',
    colour: '#117733',
    domains: ['acme.example'],
    notes: '',
  },
  'client.changed': { notes: 'Renewed' },
  'client.archived': {},
  'client.restored': {},
  'policy.changed': { values: null },
  'report.set': {
    markupBasisPoints: 1500,
    currency: 'EUR',
    rateMillionths: 920_000,
    rateOn: '2026-11-27',
    weekly: true,
    monthly: false,
    invoice: false,
    weeklyTo: ['it@acme.example'],
    monthlyTo: [],
  },
  'connection.added': {
    connectionUid: UID,
    provider: 'openai',
    platform: null,
    organizationId: 'org-1',
    label: 'Acme production',
    baseUrl: null,
    access: 'read-only',
  },
  'connection.changed': { connectionUid: UID, label: 'Acme' },
  'connection.removed': { connectionUid: UID },
  'view.saved': {
    ...view,
    search: { within: 90 },
    subjects: { connection: { kind: 'connection', connectionUid: UID } },
    columns: null,
  },
  'view.renamed': { ...view, before: 'Keys' },
  'view.removed': { viewUid: UID, list: 'keys' },
  'budget.set': { budgetUid: UID, ...target, amount: 100_000_000, ...words },
  'budget.cleared': { budgetUid: UID, ...target, usd: '100.00' },
  'price.set': {
    priceUid: UID,
    model: 'gpt-5',
    from: '2026-11-01',
    microUsdPerMillion: { input: 1, cached: 2, cacheWrite: 3, output: 4 },
  },
  'price.cleared': { priceUid: UID, model: 'gpt-5', from: '2026-11-01' },
  'finding.accepted': { ...finding, says: 'The key is old.', until: '2027-01-01', reason: 'Replaced in January' },
  'finding.reopened': finding,
  'today.snoozed': { entry: `connection-${UID}`, until: '2026-12-01', reason: 'Waits for the client', facts },
  'today.dismissed': { entry: `connection-${UID}`, reason: 'Known', facts },
  'today.restored': { entry: `connection-${UID}` },
  'today.noted': { entry: `connection-${UID}`, note: 'Zoë 🗝' },
  'credential.held': { connectionUid: UID, device: UID },
  'credential.gone': { connectionUid: UID, device: UID },
  'key.described': { ...key, lastReading: null, notes: 'Rotated in March', environment: 'production' },
  'key.decoy': { ...key, decoy: true, reason: 'Alarm' },
  'key.snoozed': { connectionUid: UID, key: 'key_2', until: '2027-01-01' },
  'key.rotated': {
    ...key,
    rotationUid: UID,
    lastReading: null,
    trigger: ROTATION_TRIGGERS[0],
    rotatedOn: '2026-12-01',
    note: '',
  },
  'key.rotation-undone': { ...key, rotationUid: UID, lastReading: null, recognized: false },
  'access.reviewed': { principalNamed: account, on: '2026-12-01' },
  'access.reviews-imported': {
    connectionUid: UID,
    days: [
      ['user_1', '2026-12-01'],
      ['user_2', null],
    ],
  },
  'plan.created': { ...version, title: 'Plan', model },
  'plan.saved': { ...version, parentUid: UID, model },
  'plan.restored': { ...version, parentUid: UID, fromUid: UID },
  'plan.renamed': { ...plan, title: 'Plan', was: 'A plan' },
  'plan.activated': plan,
  'plan.deactivated': plan,
  'plan.removed': plan,
  'plan.reinstated': { ...plan, title: 'Plan' },
  'plan.bound': { ...plan, organization: 'Acme', connectionUid: UID },
  'plan.answered': { ...plan, part: 'key', planned: 'ci', subjectNamed: account, same: true },
  'remediation.added': { ...change, state: 'waiting', outcome: null, calls: HASH },
  'remediation.approved': { ...change, calls: HASH },
  'remediation.sending': {
    ...change,
    request: { method: 'DELETE', url: 'https://api.example', body: null },
    calls: HASH,
  },
  'remediation.unsent': { ...change, ...outcome },
  'remediation.done': { ...change, ...outcome },
  'remediation.failed': { ...change, ...outcome },
  'remediation.unsure': { ...change, ...outcome },
  'remediation.deploying': { ...change, ...outcome, made: 'key_3', name: 'ci' },
  'remediation.deployed': change,
  'remediation.done-by-hand': { ...change, ...outcome, previous: before },
  'remediation.done-by-hand-undone': { ...change, ...before },
  'remediation.withdrawn': { ...change, outcome: null, before: 'waiting' },
  'review.opened': {
    ...review,
    kind: 'roles',
    dueOn: '2026-12-31',
    previousUid: null,
    items: 4,
    flagged: 0,
    population: HASH,
    pieces: [{ inline: 'ZnJvemVu' }],
  },
  'review.empty': { ...review, kind: 'roles' },
  'review.decided': { ...review, batchUid: UID, positions: [[1, 4]], decision: 'keep', self: [] },
  'review.undone': { ...review, batchUid: UID, items: 4 },
  'review.signed': {
    ...review,
    kind: 'roles',
    as: 'Anna Berg',
    on: '2026-12-01',
    items: 4,
    kept: 4,
    changed: 0,
    removed: 0,
    unknown: 0,
    dueOn: '2026-12-31',
    overdue: false,
    marks: [],
  },
  'review.acknowledged': { ...review, as: 'Ben Roth', signedBy: 'Anna Berg' },
  'review.withdrawn': { ...review, why: 'Opened twice', items: 4, decided: 0 },
  'reading.taken': {
    connectionUid: UID,
    syncUid: UID,
    began: 1,
    ended: 2,
    opened: 0,
    closed: 0,
    digest: HASH,
    bytes: 6,
    sha256: HASH,
    pieces: [{ inline: 'ZnJvemVu' }],
  },
}

export type AnyBody = Readonly<Record<string, unknown>> & { readonly v: 1 }

/** Returns a body of a kind, with other fields where they are given. */
export function makeBody(kind: ExchangedKind, beside: Readonly<Record<string, unknown>> = {}): AnyBody {
  return { v: 1, ...BODIES[kind], ...beside }
}

export { EXCHANGED_KINDS, type ExchangedKind }
