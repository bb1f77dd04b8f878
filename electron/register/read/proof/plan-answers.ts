import { nameKey } from '../../../../shared/domain/text/names.ts'
import type { Reader, Value } from '../../db/handles.ts'
import type { ProvedTable, Values } from '../../rows/proved-table.ts'

interface BindingRow {
  readonly id: number
  readonly plan: string | null
  readonly organization: string
  readonly connection: string | null
}

/**
 * Which connection an organization of a plan is, by the uids of plan and connection. One is ended only while it is the one
 * that was seen, so that another one, which was chosen at the same time, stays.
 */
export const planBindingProof: ProvedTable = {
  table: 'plan_binding',
  columns: ['plan', 'organization', 'connection'],
  rows: (reader) =>
    reader
      .all<BindingRow>(
        `SELECT b.plan_id AS id, p.uid AS plan, b.organization, n.uid AS connection
         FROM plan_binding b JOIN plan p ON p.id = b.plan_id JOIN connection n ON n.id = b.connection_id
         ORDER BY b.plan_id, b.organization`,
      )
      .map(({ id, ...values }) => ({
        id,
        key: `${String(values.plan)} ${values.organization}`,
        words: `the organization ${values.organization} of plan ${id}`,
        values: { ...values },
      })),
  effects: {
    'plan.bound': (shown, row) => {
      const { planUid, organization: given, connectionUid: connection, wasUid } = row.body
      const plan = String(planUid)
      const organization = nameKey(String(given))
      const place = `${plan} ${organization}`
      const known = shown.get(place)
      if (connection === null && wasUid !== undefined && (known?.['connection'] ?? null) !== wasUid) return
      for (const [key, bound] of shown) {
        const isSame = bound['organization'] === organization || bound['connection'] === connection
        if (bound['plan'] === plan && isSame) shown.delete(key)
      }
      if (connection !== null) shown.set(place, { plan, organization, connection })
    },
  },
  belongsTo: ['plan.created', 'connection.added'],
  isHere: (reader, { plan, connection }) => has(reader, 'plan', plan) && has(reader, 'connection', connection),
  mend: {
    isReplaced: true,
    remove: (writer, { id, values }) =>
      void writer.run('DELETE FROM plan_binding WHERE plan_id = ? AND organization = ?', [
        id,
        String(values['organization']),
      ]),
    write: (writer, _, { plan, organization, connection }) =>
      void writer.run(
        `INSERT INTO plan_binding (plan_id, organization, connection_id)
         SELECT p.id, ?, n.id FROM plan p JOIN connection n ON n.uid = ? WHERE p.uid = ?`,
        [organization, connection, plan] as readonly Value[],
      ),
  },
}

function has(reader: Reader, table: 'plan' | 'connection', uid: unknown): boolean {
  return typeof uid !== 'string' || reader.value(`SELECT 1 FROM ${table} WHERE uid = ?`, [uid]) !== undefined
}

interface SameRow {
  readonly id: number
  readonly plan: string | null
  readonly part: string
  readonly planned: string
  readonly subject: string
  readonly same: number
}

const toAnswer = (plan: string, part: string, planned: string, subject: string): string =>
  JSON.stringify([plan, part, planned, subject])

/** Subjects of answers by what their providers call them. */
const SUBJECTS = `(SELECT 'project' AS part, id, connection_id, external_id FROM project
  UNION ALL SELECT 'key', id, connection_id, external_id FROM key)`

/** Answers about names of a plan. */
export const planSameProof: ProvedTable = {
  table: 'plan_same',
  columns: ['plan', 'part', 'planned', 'subject', 'same'],
  rows: (reader) =>
    reader
      .all<SameRow>(
        `SELECT a.plan_id AS id, p.uid AS plan, a.part, a.planned, a.same, n.uid || ' ' || s.external_id AS subject
         FROM plan_same a JOIN plan p ON p.id = a.plan_id JOIN ${SUBJECTS} s ON s.part = a.part AND s.id = a.subject_id
         JOIN connection n ON n.id = s.connection_id ORDER BY a.plan_id, a.part, a.planned, a.subject_id`,
      )
      .map(({ id, ...values }) => ({
        id,
        key: toAnswer(String(values.plan), values.part, values.planned, values.subject),
        words: `the answer about the ${values.part} ${values.planned} of plan ${id}`,
        values,
      })),
  effects: {
    'plan.answered': (shown, row) => {
      const { planUid, part, planned: typed, subjectNamed, same } = row.body
      const { connectionUid, externalId } = subjectNamed as Readonly<Record<string, string>>
      const [plan, planned, subject] = [String(planUid), nameKey(String(typed)), `${connectionUid} ${externalId}`]
      const values = { plan, part, planned, subject, same: same === true ? 1 : 0 }
      shown.set(toAnswer(plan, String(part), planned, subject), values)
    },
  },
  belongsTo: ['plan.created'],
  isHere: (reader, values) => has(reader, 'plan', values['plan']) && findSubject(reader, values) !== null,
  mend: {
    remove: (writer, { id, values }) => {
      const subject = findSubject(writer, values)
      writer.run('DELETE FROM plan_same WHERE plan_id = ? AND part = ? AND planned = ? AND subject_id = ?', [
        id,
        ...([values['part'], values['planned'], subject] as readonly Value[]),
      ])
    },
    write: (writer, _, { plan, part, planned, same, ...values }) =>
      void writer.run(
        `INSERT INTO plan_same (plan_id, part, planned, subject_id, same) SELECT id, ?, ?, ?, ? FROM plan WHERE uid = ?
         ON CONFLICT (plan_id, part, planned, subject_id) DO UPDATE SET same = excluded.same`,
        [part, planned, findSubject(writer, { part, ...values }), same, plan] as readonly Value[],
      ),
  },
}

/** The number of the subject of an answer; null where this register has not read it. */
function findSubject(reader: Reader, { part, subject }: Values): number | null {
  const named = String(subject)
  const at = named.indexOf(' ')
  return (
    reader.value<number>(
      `SELECT s.id FROM connection n JOIN ${SUBJECTS} s ON s.connection_id = n.id AND s.part = ? AND s.external_id = ? WHERE n.uid = ?`,
      [String(part), named.slice(at + 1), named.slice(0, at)],
    ) ?? null
  )
}
