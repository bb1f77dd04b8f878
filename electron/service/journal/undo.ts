import type { IDENTIFIED } from '../../../shared/domain/facts.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { changeOverride, DEFAULT_POLICY, type PolicyOverride } from '../../../shared/domain/policy.ts'
import { logicalKey } from '../../../shared/contract/rotation-record.ts'
import { NO_ROW } from '../../../shared/contract/view-subjects.ts'
import { type BodyOf, isKind, type Kind, parseOperation } from '../../../shared/decisions/operations.ts'
import type { JournalAction, RecordAction } from '../../../shared/decisions/records.ts'
import type { Reader } from '../../register/db/handles.ts'
import { UID_TABLES } from '../../register/db/stable-names.ts'
import { findNamed } from '../../register/findings/acceptance.ts'
import { findPair } from '../../register/people/matches.ts'
import type { Entry } from '../../register/read/journal.ts'
import { findEntryHere } from '../../register/today/entry-names.ts'
import { NO_REPORTS } from '../../../shared/decisions/settings.ts'
import { Refusal } from '../kit/refusal.ts'
import { type Body, findFields, listEarlier, parseBody } from './history.ts'
import type { UndoApi } from './undo-api.ts'

/** The undone entry, and the act that undoes it. */
interface UndoneEntry<B> {
  readonly api: UndoApi
  readonly reader: Reader
  readonly entry: Entry
  readonly client: string
  readonly body: B
}

/** How an action is undone: by operations of the contract; or why it is not, in a sentence. */
type Undo<B> = string | ((asked: UndoneEntry<B>) => Promise<unknown>)
type UndoTable = { readonly [K in Kind]: Undo<BodyOf<K>> } & { readonly [A in RecordAction]: Undo<Body> }

const WRITTEN = 'A file was written. Castellan does not delete files that left the register.'
const CREDENTIAL =
  'A credential is in the keychain only, and the one before was deleted. Set or remove it at the connection.'
const SENT = 'It was sent to the provider. Add the opposite change to Remediation.'
const SIGNED = 'A signature stays. Open another access review to decide again.'
const READ = 'It records what was read or asked, and changed nothing that a person decided.'
const TEAM = 'It concerns the whole team. Change it in Team.'
const WHOLE = 'It concerns the whole register. Restore a backup instead.'
const IMPORTED = 'An import replaces many values that the audit log does not record. Import the file from before.'

/** The number that a row has in this register, by its uid. */
function find(reader: Reader, thing: keyof typeof UID_TABLES, uid: string): number {
  return need(reader.value<number>(`SELECT id FROM ${UID_TABLES[thing]} WHERE uid = ?`, [uid]))
}

function need<T>(value: T | null | undefined): T {
  if (value !== null && value !== undefined) return value
  throw new Refusal('CONFLICT', 'The subject of the entry is no longer in the register.', 'Read the audit log again.')
}

/** The number of a subject of a provider. */
function findSubject(
  reader: Reader,
  table: (typeof IDENTIFIED)[number],
  { connectionUid, externalId }: { readonly connectionUid: string; readonly externalId: string },
): number {
  const sql = `SELECT t.id FROM ${table} t JOIN connection n ON n.id = t.connection_id WHERE n.uid = ? AND t.external_id = ?`
  return need(reader.value<number>(sql, [connectionUid, externalId]))
}

function findKey(
  reader: Reader,
  { connectionUid, key }: { readonly connectionUid: string; readonly key: string },
): number {
  return findSubject(reader, 'key', { connectionUid, externalId: key })
}

/** The entry before about the same thing, if it is of an action; null where there is none, or one of another action. */
function findBefore<K extends Kind>({ reader, entry }: UndoneEntry<unknown>, kind: K): BodyOf<K> | null {
  const [before] = listEarlier(reader, entry)
  return before?.action === kind ? (before.body as BodyOf<K>) : null
}

/** The marks as a decoy that an entry replaced, newest first, until the one that the time of the mark is from. */
function listMarks({ reader, entry }: UndoneEntry<unknown>) {
  const earlier = [...listEarlier(reader, entry)].map(({ at, body }) => ({ at, body: body as BodyOf<'key.decoy'> }))
  const removal = earlier.findIndex(({ body }) => !body.decoy)
  const marks = removal === -1 ? earlier : earlier.slice(0, removal)
  const first = marks.findIndex(({ body }) => body.since !== undefined)
  return first === -1 ? marks : marks.slice(0, first + 1)
}

/** The values before of what an entry sets. */
function before<T>(
  { reader, entry }: UndoneEntry<unknown>,
  fields: readonly (keyof T & string)[],
  otherwise: Body = {},
): Partial<T> {
  return findFields(reader, entry, fields, otherwise) as Partial<T>
}

/** The fields that a body sets which has nothing beside them but its version. */
function listSet<B extends { readonly v: number }>(body: B): readonly (keyof Omit<B, 'v'> & string)[] {
  return Object.keys(body).filter((field) => field !== 'v') as (keyof Omit<B, 'v'> & string)[]
}

const KEY_FIELDS = logicalKey.omit({ id: true, name: true }).keyof().options

/** The policy of the client, or of the agency, before an entry. */
function findPolicy({ reader, entry }: UndoneEntry<unknown>): PolicyOverride | null {
  const earlier = [...listEarlier(reader, entry)].map(({ body }) => body as BodyOf<'policy.changed'>).toReversed()
  return earlier.reduce<PolicyOverride | null>((override, { values, cleared }) => {
    if (values === null) return null
    const isWhole = entry.client !== null && cleared === undefined
    const given = values as PolicyOverride
    return isWhole ? given : changeOverride(override, { values: given, cleared: cleared ?? [] })
  }, null)
}

async function undoPolicy(asked: UndoneEntry<BodyOf<'policy.changed'>>): Promise<unknown> {
  const { api, entry, body } = asked
  const was = findPolicy(asked)
  if (entry.client !== null) return api.policy.set({ client: entry.client, values: was })
  const names = Object.keys(body.values ?? was ?? {}) as (keyof PolicyOverride)[]
  const values = Object.fromEntries(names.map((name) => [name, was?.[name] ?? DEFAULT_POLICY[name]]))
  return api.policy.set({ values })
}

async function setBudget({ api, reader, client }: UndoneEntry<unknown>, was: BodyOf<'budget.set'>): Promise<unknown> {
  const { amount, enforcement, thresholds, project, connectionUid } = was
  const target =
    project !== null
      ? { project: findSubject(reader, 'project', project) }
      : connectionUid === null
        ? {}
        : { connection: find(reader, 'connection', connectionUid) }
  return api.budgets.set({ client, ...target, amount, enforcement, thresholds: [...thresholds] })
}

async function setPrice({ api, entry }: UndoneEntry<unknown>, was: BodyOf<'price.set'>): Promise<unknown> {
  const { model, from, microUsdPerMillion: rates } = was
  return api.prices.set({ ...(entry.client === null ? {} : { client: entry.client }), model, from, ...rates })
}

/** Saves a view as an earlier entry has it, under its name before the entry. */
async function saveView(asked: UndoneEntry<unknown>, viewId: number | undefined): Promise<unknown> {
  const { api, reader, entry } = asked
  const earlier = [...listEarlier(reader, entry)]
  const saved = need(earlier.find(({ action }) => action === 'view.saved')).body as BodyOf<'view.saved'>
  const named = need(earlier.find(({ action }) => action !== 'view.removed')).body as { readonly name: string }
  const { list, columns, search, subjects = {} } = saved
  const hidden = Object.fromEntries(Object.keys(subjects).map((param) => [param, NO_ROW]))
  return api.views.save({
    ...(entry.client === null ? {} : { client: entry.client }),
    ...(viewId === undefined ? {} : { viewId }),
    list,
    name: named.name,
    search: { ...search, ...hidden },
    subjects,
    columns,
  })
}

async function hideAgain(asked: UndoneEntry<BodyOf<'today.restored'>>): Promise<unknown> {
  const { api, reader, client, body } = asked
  const entry = need(findEntryHere(reader, body.entry))
  const snoozed = findBefore(asked, 'today.snoozed')
  if (snoozed !== null) return api.today.snooze({ client, entry, until: snoozed.until, reason: snoozed.reason })
  const { reason } = need(findBefore(asked, 'today.dismissed'))
  return api.today.dismiss({ client, entry, reason })
}

async function acceptAgain(asked: UndoneEntry<BodyOf<'finding.accepted'>>): Promise<unknown> {
  const { api, reader, body } = asked
  // An acceptance of another member of a team does not have the number of the finding in this register.
  const findingId = need(findNamed(reader, { ...body.findingNamed, cause: body.cause }))
  const was = findBefore(asked, 'finding.accepted')
  if (was === null) return api.findings.reopen({ findingId })
  const { word } = findRequirements('ACCEPT', { count: 1, isGrave: true })
  return api.findings.accept({ findingId, until: was.until, reason: was.reason, confirm: word ?? '' })
}

const decideMatch =
  (state: 'open' | 'rejected') =>
  async ({ api, reader, body }: UndoneEntry<BodyOf<'person.match-rejected'>>): Promise<unknown> =>
    api.people.decideMatch({ matchId: need(findPair(reader, need(body.person), need(body.other))), state })

const restoreToday = async ({ api, reader, client, body }: UndoneEntry<{ readonly entry: string }>): Promise<unknown> =>
  api.today.restore({ client, entry: need(findEntryHere(reader, body.entry)) })

const restoreVersion = async ({
  api,
  reader,
  body,
}: UndoneEntry<{ readonly planUid: string; readonly parentUid: string }>) => {
  const version = need(reader.value<number>('SELECT version FROM plan_version WHERE uid = ?', [body.parentUid]))
  return api.plan.restore({ planId: find(reader, 'plan', body.planUid), version })
}

/** Every action of the audit log: how it is undone, or why it is not. */
export const UNDO: UndoTable = {
  'client.added': 'A client is never removed from the register. Archive it instead.',
  'client.changed': async (asked) => {
    const was = before<Omit<BodyOf<'client.changed'>, 'v'>>(asked, listSet(asked.body))
    return asked.api.client.update({ slug: asked.client, ...was, sameName: true })
  },
  'client.archived': async ({ api, client }) => api.client.restore({ slug: client }),
  'client.restored': 'Archiving asks for what it covers. Archive the client again.',
  'connection.added': 'What a connection has read stays in the history. Remove the connection instead.',
  'connection.changed': async (asked) => {
    const was = before<BodyOf<'connection.added'>>(asked, ['label', 'access', 'path'])
    if ('baseUrl' in asked.body) throw new Refusal('CONFLICT', CREDENTIAL, 'Edit the connection.')
    return asked.api.connection.update({ id: find(asked.reader, 'connection', asked.body.connectionUid), ...was })
  },
  'connection.removed': 'Its credential was deleted. Add the connection again.',
  'credential.held': CREDENTIAL,
  'credential.gone': CREDENTIAL,
  'credential.set': CREDENTIAL,
  'credential.replaced': CREDENTIAL,
  'credential.removed': CREDENTIAL,
  'credential.tested': READ,
  'connection.write-allowed-once': 'The permission was for one run, which is over.',
  'connection.write-permission-ended': 'The permission was for one run, which is over.',
  'policy.changed': undoPolicy,
  'report.set': async (asked) => {
    const was = before<Omit<BodyOf<'report.set'>, 'v'>>(asked, listSet(asked.body), { ...NO_REPORTS })
    return asked.api.reports.set({ client: asked.client, values: was })
  },
  'report.exported': WRITTEN,
  'view.saved': async (asked) => {
    const viewId = find(asked.reader, 'view', asked.body.viewUid)
    const [was] = listEarlier(asked.reader, asked.entry)
    return was === undefined ? asked.api.views.remove({ viewId }) : saveView(asked, viewId)
  },
  'view.renamed': async ({ api, reader, body }) =>
    api.views.rename({ viewId: find(reader, 'view', body.viewUid), name: body.before }),
  'view.removed': async (asked) => saveView(asked, undefined),
  'budget.set': async (asked) => {
    const was = findBefore(asked, 'budget.set')
    if (was !== null) return setBudget(asked, was)
    return asked.api.budgets.clear({ budgetId: find(asked.reader, 'budget', asked.body.budgetUid) })
  },
  'budget.cleared': async (asked) => setBudget(asked, need(findBefore(asked, 'budget.set'))),
  'price.set': async (asked) => {
    const was = findBefore(asked, 'price.set')
    if (was !== null) return setPrice(asked, was)
    return asked.api.prices.clear({ priceId: find(asked.reader, 'price', asked.body.priceUid) })
  },
  'price.cleared': async (asked) => setPrice(asked, need(findBefore(asked, 'price.set'))),
  'usage.folder-added': async ({ api, reader, body }) =>
    api.usageFolders.remove({ folderId: find(reader, 'folder', body.folderUid) }),
  'usage.folder-removed': async ({ api, client, body }) => api.usageFolders.add({ client, path: body.path }),
  'usage.imported': async ({ api, body }) => api.usage.undo({ importId: Number(body['import']) }),
  'usage.import-undone': 'Import the file again to count its records.',
  'finding.accepted': acceptAgain,
  'finding.reopened': 'Accepting a risk asks for a day and a reason. Accept it again.',
  'today.snoozed': restoreToday,
  'today.dismissed': restoreToday,
  'today.restored': hideAgain,
  'today.noted': async (asked) => {
    const was = before<BodyOf<'today.noted'>>(asked, ['note', 'contact'], { note: '', contact: '' })
    return asked.api.today.note({
      client: asked.client,
      entry: need(findEntryHere(asked.reader, asked.body.entry)),
      ...was,
    })
  },
  'key.described': async (asked) => {
    const was = before<BodyOf<'key.described'>>(asked, KEY_FIELDS, { notes: '' })
    return asked.api.rotation.set({ keyId: findKey(asked.reader, asked.body), ...was })
  },
  'key.decoy': async (asked) => {
    const marks = listMarks(asked)
    const first = marks.at(-1)
    const keyId = findKey(asked.reader, asked.body)
    if (first === undefined) return asked.api.rotation.setDecoy({ keyId, decoy: false })
    const reason = marks[0]?.body.reason
    return asked.api.rotation.setDecoy({ keyId, decoy: true, reason, since: first.body.since ?? first.at })
  },
  'key.snoozed': async (asked) =>
    asked.api.rotation.snooze({
      keyId: findKey(asked.reader, asked.body),
      until: findBefore(asked, 'key.snoozed')?.until ?? null,
    }),
  'key.rotated': async ({ api, reader, body }) =>
    api.rotation.undo({ rotationId: find(reader, 'rotation', body.rotationUid) }),
  'key.rotation-undone': 'Marking asks for the day and, for some keys, the reason. Mark the key rotated again.',
  'access.reviewed': async (asked) =>
    asked.api.people.setReviewed({
      principalId: findSubject(asked.reader, 'principal', asked.body.principalNamed),
      on: findBefore(asked, 'access.reviewed')?.on ?? null,
    }),
  'access.reviews-imported': IMPORTED,
  'person.merged': async ({ api, reader, body }) => api.people.split({ mergeId: find(reader, 'merge', body.mergeUid) }),
  'person.split': async ({ api, body }) => api.people.merge({ keep: need(body.kept), other: need(body.other) }),
  'person.match-rejected': decideMatch('open'),
  'person.match-reopened': decideMatch('rejected'),
  'person.leaving': async ({ api, body }) => api.people.unmarkLeaving({ personId: Number(body['person']) }),
  'person.leaving-undone': async ({ api, body }) =>
    api.people.markLeaving({
      personId: Number(body['person']),
      on: String(body['on']),
      reason: String(body['reason']),
    }),
  'people.imported': IMPORTED,
  'file.imported': IMPORTED,
  'plan.created': async ({ api, reader, body }) => api.plan.remove({ planId: find(reader, 'plan', body.planUid) }),
  'plan.saved': restoreVersion,
  'plan.restored': restoreVersion,
  'plan.renamed': async ({ api, reader, body }) =>
    api.plan.rename({ planId: find(reader, 'plan', body.planUid), title: body.was }),
  'plan.activated': async (asked) => {
    const was = findBefore(asked, 'plan.activated')
    const planUid = was?.planUid ?? asked.body.planUid
    return asked.api.plan.setActivated({ planId: find(asked.reader, 'plan', planUid), active: was !== null })
  },
  'plan.deactivated': async ({ api, reader, body }) =>
    api.plan.setActivated({ planId: find(reader, 'plan', body.planUid), active: true }),
  'plan.removed': async ({ api, reader, body }) => api.plan.bringBack({ planId: find(reader, 'plan', body.planUid) }),
  'plan.reinstated': async ({ api, reader, body }) => api.plan.remove({ planId: find(reader, 'plan', body.planUid) }),
  'plan.bound': async ({ api, reader, body }) => {
    const { planUid, organization, wasUid } = body
    const was = wasUid === undefined || wasUid === null ? null : find(reader, 'connection', wasUid)
    return api.planApply.bindOrganization({ planId: find(reader, 'plan', planUid), organization, connectionId: was })
  },
  'plan.answered': 'Answer the question of the plan again. The later answer counts.',
  'plan.exported': WRITTEN,
  'remediation.added': async ({ api, reader, body }) =>
    api.remediation.withdraw({ remediationId: find(reader, 'remediation', body.remediationUid) }),
  'remediation.approved': 'An approval that was given counts until the change is sent. Cancel the change instead.',
  'remediation.sending': SENT,
  'remediation.unsent': 'Nothing was sent. The change waits in Remediation.',
  'remediation.done': SENT,
  'remediation.failed': 'Nothing was changed at the provider. Add the change again.',
  'remediation.unsure': SENT,
  'remediation.deploying': SENT,
  'remediation.deployed': 'Cancel the change that deletes the old key instead.',
  'remediation.done-by-hand': async ({ api, reader, body }) =>
    api.remediation.unmarkMany({ remediations: [find(reader, 'remediation', body.remediationUid)] }),
  'remediation.done-by-hand-undone': async ({ api, reader, body }) =>
    api.remediation.markByHand({ remediationId: find(reader, 'remediation', body.remediationUid) }),
  'remediation.withdrawn': 'Add the change to Remediation again.',
  'remediation.secret-taken': 'A secret that was shown stays known. Rotate the key.',
  'review.opened': 'What was frozen stays as evidence. Cancel the access review instead.',
  'review.empty': SIGNED,
  'review.decided': async ({ api, reader, body }) =>
    api.reviews.undo({ reviewId: find(reader, 'review', body.reviewUid), batch: find(reader, 'batch', body.batchUid) }),
  'review.undone': 'Decide the items again in the access review.',
  'review.signed': SIGNED,
  'review.acknowledged': SIGNED,
  'review.withdrawn': 'A cancelled access review stays cancelled. Open another one.',
  'calendar.exported': WRITTEN,
  'diagnostics.saved': WRITTEN,
  'evidence.key-noted': READ,
  'evidence.packed': WRITTEN,
  'evidence.summarized': WRITTEN,
  'mcp.asked': READ,
  'offboarding.certified': WRITTEN,
  'picture.exported': WRITTEN,
  'recovery.saved': 'A recovery code that was shown or saved stays valid.',
  'recovery.shown': 'A recovery code that was shown or saved stays valid.',
  'register.accepted': WHOLE,
  'register.end-missing': READ,
  'register.exported': WRITTEN,
  'register.restored': WHOLE,
  'register.salvaged': WHOLE,
  'sample.loaded': WHOLE,
  'sync.applied': 'It is what the provider reported. The next sync reads it again.',
  'table.exported': WRITTEN,
  'team.founded': TEAM,
  'team.held': TEAM,
  'team.invited': TEAM,
  'team.joined': TEAM,
  'team.left': TEAM,
}

/** Why an action is never undone, in a sentence; null where it can be. */
export function whyNever(action: string): string | null {
  if (!Object.hasOwn(UNDO, action)) {
    return action.endsWith('.failed') ? 'The file was not written.' : 'Another version of Castellan recorded it.'
  }
  const undo: unknown = UNDO[action as JournalAction]
  return typeof undo === 'string' ? undo : null
}

/** Undoes an entry by the operations that undo its action. Throws `Refusal` CONFLICT where they cannot. */
export async function undoEntry(api: UndoApi, reader: Reader, entry: Entry): Promise<void> {
  const undo = UNDO[entry.action as JournalAction] as (asked: UndoneEntry<unknown>) => Promise<unknown>
  const operation = isKind(entry.action) ? need(parseOperation(entry)) : null
  const body = operation?.body ?? parseBody(entry)
  await undo({ api, reader, entry, client: entry.client ?? '', body })
}
