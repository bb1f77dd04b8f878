import {
  nameAnswer,
  PLAN_ANSWERS,
  PLAN_BINDINGS,
  PLAN_VERSIONS,
  PLANS,
  type StoredAnswer,
} from '../../../shared/decisions/plans.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { referToClient, referToConnection } from './refer.ts'
import { tableOf } from './table-of.ts'

const findPlan = (reader: Reader, uid: string): number | null =>
  reader.value<number>('SELECT id FROM plan WHERE uid = ?', [uid]) ?? null

function referToPlan(reader: Reader, { plan }: { readonly plan: string }) {
  const id = findPlan(reader, plan)
  return id === null ? null : { plan_id: id }
}

function numberPlan(reader: Reader, { plan }: { readonly plan: string }): Readonly<Record<string, number>> {
  const id = findPlan(reader, plan)
  return id === null ? {} : { plan: id }
}

/** Takes from the client's other plans what only one of them can have: to be active, and a title. Each gets its own when it is written. */
function makeRoom(
  writer: Writer,
  plan: { readonly id: number | null; readonly clientId: number; readonly title: string },
): void {
  const { id, clientId, title } = plan
  const others = writer.all<{ readonly id: number; readonly title: string }>(
    'SELECT id, title FROM plan WHERE client_id = ? AND id IS NOT ? AND removed_at IS NULL',
    [clientId, id],
  )
  for (const other of others) {
    if (nameKey(other.title) === nameKey(title))
      writer.run('UPDATE plan SET title = ? WHERE id = ?', [`${other.title} (${other.id})`, other.id])
  }
}

export const planTable = tableOf({
  decisions: PLANS,
  from: 'plan p JOIN client c ON c.id = p.client_id',
  columns: ['uid', 'title', 'in_force', 'created_at', 'removed_at'],
  named: { client: 'c.slug' },
  refer: referToClient,
  group: ({ client }) => ['c.slug = ?', [client ?? '']],
  words: ({ title }, id) => `plan ${id} “${title}”`,
  number: 'plan',
  prepare: (writer, id, row) => {
    const clientId = referToClient(writer, row)?.['client_id'] ?? 0
    if (row.in_force === 1)
      writer.run('UPDATE plan SET in_force = 0 WHERE client_id = ? AND id IS NOT ?', [clientId, id])
    if (row.removed_at === null) makeRoom(writer, { id, clientId, title: row.title })
  },
  // With all that belongs to it, as if it had never been made.
  remove: (writer, { id }) => {
    for (const table of ['plan_same', 'plan_binding', 'plan_version'])
      writer.run(`DELETE FROM ${table} WHERE plan_id = ?`, [id])
    writer.run('DELETE FROM plan WHERE id = ?', [id])
  },
})

export const planVersionTable = tableOf({
  decisions: PLAN_VERSIONS,
  from: 'plan_version v JOIN plan p ON p.id = v.plan_id',
  columns: [
    'uid',
    'version',
    'parent',
    'draft',
    'model',
    'organizations',
    'projects',
    'keys',
    'errors',
    'warnings',
    'says',
    'saved_at',
    'saved_by',
  ],
  named: { plan: 'p.uid' },
  json: ['model'],
  refer: referToPlan,
  identity: ['plan_id', 'version'],
  // Those that the next version follows from, since each has the whole plan in it.
  group: ({ body }) => [
    `p.uid = :plan AND (v.uid IN (:uid, :parent, :from) OR v.version = (SELECT max(x.version) FROM plan_version x WHERE x.plan_id = p.id)
      OR v.version = (SELECT max(x.version) FROM plan_version x WHERE x.plan_id = p.id AND x.draft = 0))`,
    {
      plan: body.planUid,
      uid: body.versionUid,
      parent: 'parentUid' in body ? body.parentUid : null,
      from: 'fromUid' in body ? body.fromUid : null,
    },
  ],
  words: ({ version }, id) => `version ${version} of plan ${id}`,
  number: (_, { version }) => ({ version }),
  // Two may change their numbers.
  isReplaced: true,
})

export const planBindingTable = tableOf({
  decisions: PLAN_BINDINGS,
  from: 'plan_binding b JOIN plan p ON p.id = b.plan_id JOIN connection n ON n.id = b.connection_id',
  columns: ['organization'],
  named: { plan: 'p.uid', connection: 'n.uid' },
  refer: (reader, row) => {
    const [plan, connection] = [referToPlan(reader, row), referToConnection(reader, row)]
    return plan === null || connection === null ? null : { ...plan, ...connection }
  },
  identity: ['plan_id', 'organization'],
  group: ({ body }) => ['p.uid = ?', [body.planUid]],
  words: ({ organization }, id) => `the organization ${organization} of plan ${id}`,
  number: numberPlan,
  belongsTo: ['plan.created', 'connection.added'],
  isReplaced: true,
})

/** The subject of an answer `a` by what its provider calls it, behind the uid of its connection. */
const SUBJECT = `CASE a.part
  WHEN 'project' THEN (SELECT n.uid || ' ' || s.external_id FROM project s JOIN connection n ON n.id = s.connection_id WHERE s.id = a.subject_id)
  WHEN 'key' THEN (SELECT n.uid || ' ' || s.external_id FROM key s JOIN connection n ON n.id = s.connection_id WHERE s.id = a.subject_id) END`

const SUBJECT_TABLES: Readonly<Record<string, string>> = { project: 'project', key: 'key' }

/** The number of the subject of an answer; null where this register has not read it. */
function findSubject(reader: Reader, { part, subject }: Pick<StoredAnswer, 'part' | 'subject'>): number | null {
  const at = subject.indexOf(' ')
  // A row of the audit log that was changed outside the product may name any part.
  const table = SUBJECT_TABLES[part]
  if (table === undefined) return null
  const sql = `SELECT s.id FROM connection n JOIN ${table} s ON s.connection_id = n.id AND s.external_id = ? WHERE n.uid = ?`
  return reader.value<number>(sql, [subject.slice(at + 1), subject.slice(0, at)]) ?? null
}

export const planAnswerTable = tableOf({
  decisions: PLAN_ANSWERS,
  from: 'plan_same a JOIN plan p ON p.id = a.plan_id',
  columns: ['part', 'planned', 'same'],
  named: { plan: 'p.uid', subject: SUBJECT },
  refer: (reader, row) => {
    const [plan, subject] = [referToPlan(reader, row), findSubject(reader, row)]
    return plan === null || subject === null ? null : { ...plan, subject_id: subject }
  },
  identity: ['plan_id', 'part', 'planned', 'subject_id'],
  group: (decision) => {
    const { plan, part, planned, subject } = nameAnswer(decision)
    return [`p.uid = ? AND a.part = ? AND a.planned = ? AND ${SUBJECT} = ?`, [plan, part, planned, subject]]
  },
  words: ({ part, planned }, id) => `the answer about the ${part} ${planned} of plan ${id}`,
  number: numberPlan,
  belongsTo: ['plan.created'],
})
