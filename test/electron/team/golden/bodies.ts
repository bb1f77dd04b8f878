import type { ExchangedKind } from '../../../../shared/team/rights.ts'

/** Of a connection from before the team, and of all else that the golden stream names. */
export const UID = '01890000-0000-7000-8000-00000000aaaa'
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

/** A body of each kind that the golden stream of a client has. `clientUid` is put in where the stream is named. */
export const BODIES: Partial<Record<ExchangedKind, Readonly<Record<string, unknown>>>> = {
  'client.added': { name: 'Acme', kind: 'client', colour: '#117733', domains: ['acme.example'], notes: '' },
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
}
