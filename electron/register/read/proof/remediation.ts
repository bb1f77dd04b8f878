import { DEPLOYED } from '../../../../shared/domain/remediation/deployment.ts'
import type { RemediationState } from '../../../../shared/domain/remediation/remediation.ts'
import { isEnded, isUnsent } from '../../../../shared/domain/remediation/states.ts'
import { type MovingKind, moveState, type OriginName } from '../../../../shared/decisions/remediation.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import type { SubjectKind } from '../../../../shared/domain/facts.ts'
import type { Reader, Writer } from '../../db/handles.ts'
import { nameByKind } from '../../db/stable-names.ts'
import { findOrigin, findSubject } from '../../remediation/named-rows.ts'
import { change, type ProvedTable, type Recorded, type Shown, type Values } from '../../rows/proved-table.ts'

interface RemedyRow {
  readonly id: number
  readonly uid: string | null
  readonly action: string
  readonly subject_name: string
  readonly values: string
  readonly origin: string | null
  readonly aliases: string | null
  readonly requests: string | null
  readonly approvals: string | null
  readonly projectX: string | null
}

/** The key of an item, by the uids of others that were added for the same change. */
const aliases = new WeakMap<Shown, Map<string, string>>()

function toKey(shown: Shown, row: Recorded): string {
  const uid = String(row.body['remedyUid'])
  return aliases.get(shown)?.get(uid) ?? uid
}

/** The values of a change, with its project by what the provider calls it. */
function toValues(values: Readonly<Record<string, unknown>>, project: string | null) {
  const { projectId: _, projectNamed: __, ...others } = values
  return project === null ? others : { ...others, project_x: project }
}

/** What an operation names of the provider. */
interface Named {
  readonly kind: string
  readonly uid?: string
  readonly named?: { readonly externalId: string }
}

function readRequest({ body }: Recorded): Values {
  const subject = body['subject'] as Named
  const values = body['values'] as Readonly<Record<string, unknown>>
  const project = values['projectNamed'] as Named['named']
  return {
    connection: body['connectionUid'],
    action: body['action'],
    subject_kind: subject.kind,
    subject: subject.named?.externalId ?? null,
    values: toValues(values, project?.externalId ?? null),
  }
}

function readOrigin({ body }: Recorded): unknown {
  if (body['origin'] === null) return null
  const { kind, uid, named } = body['origin'] as Named
  return { kind, uid, named }
}

const OPEN: ReadonlySet<unknown> = new Set(['waiting', 'by-hand', 'sending', 'unsure', 'deploying'])

/** The open items of what was shown so far, by what they change: of a change, one is open at a time. */
const openItems = new WeakMap<Shown, Map<string, string>>()

function toRequest({ connection, action, subject_kind: kind, subject, values }: Values): string {
  return canonicalJson([connection, action, kind, subject, values] as Json)
}

/** Changes an item, and keeps which item of a change is open. */
function set(shown: Shown, key: string, values: Values): void {
  change(shown, key, values)
  const item = shown.get(key) ?? {}
  if (item['connection'] === undefined) return
  const open = openItems.get(shown) ?? new Map<string, string>()
  openItems.set(shown, open)
  const request = toRequest(item)
  if (OPEN.has(item['state'])) open.set(request, key)
  else if (open.get(request) === key) open.delete(request)
}

function add(shown: Shown, row: Recorded): void {
  const key = toKey(shown, row)
  if (shown.has(key)) return
  const request = readRequest(row)
  const { remedyUid: uid, state, outcome } = row.body
  const open = openItems.get(shown)?.get(toRequest(request))
  if (open !== undefined) {
    addAlias(shown, open, String(uid))
    return
  }
  const { calls = null, requests = null } = row.body
  const ends = { made: null, sent_at: null, ended_at: null, aliases: null, calls, requests, approvals: null }
  const added = { subject_name: row.subject, added_at: row.at, added_by: row.operator }
  set(shown, key, { uid, ...request, ...added, origin: readOrigin(row), state, outcome, ...ends })
}

/** What names an item that was added for a change of the list is about the one that is open. */
function addAlias(shown: Shown, open: string, uid: string): void {
  const known = aliases.get(shown) ?? new Map<string, string>()
  aliases.set(shown, known.set(uid, open))
  const before = shown.get(open)?.['aliases'] as readonly string[] | null | undefined
  change(shown, open, { aliases: [...(before ?? []), uid].toSorted() })
}

/** The state of an item of the sample after its first operation, since the journal does not show the one before. */
const FIRST: Readonly<Record<MovingKind, RemediationState>> = {
  'remedy.sending': 'sending',
  'remedy.unsent': 'waiting',
  'remedy.done': 'done',
  'remedy.failed': 'failed',
  'remedy.unsure': 'unsure',
  'remedy.deploying': 'deploying',
  'remedy.deployed': 'done',
  'remedy.done-by-hand': 'done',
  'remedy.withdrawn': 'withdrawn',
}

function move(shown: Shown, row: Recorded, isInvented: boolean): void {
  const kind = row.action as MovingKind
  const key = toKey(shown, row)
  const item = shown.get(key)
  if (item === undefined && !isInvented) return
  const before = item?.['state'] as RemediationState | undefined
  const state = before === undefined ? FIRST[kind] : moveState(before, kind)
  if (state === null) return
  const ended = isEnded(state) || state === 'unsure' ? row.at : null
  if (state === 'sending') set(shown, key, { state, outcome: null, sent_at: row.at })
  else {
    const outcome = kind === 'remedy.deployed' ? DEPLOYED : row.body['outcome']
    set(shown, key, { state, made: row.body['made'], ended_at: ended, outcome })
  }
}

function approve(shown: Shown, row: Recorded): void {
  const key = toKey(shown, row)
  const item = shown.get(key)
  if (!isUnsent(item?.['state'] as RemediationState)) return
  const before = item?.['approvals'] as readonly unknown[] | null | undefined
  change(shown, key, { approvals: [...(before ?? []), { by: row.operator, at: row.at, calls: row.body['calls'] }] })
}

function undo(shown: Shown, row: Recorded): void {
  const key = toKey(shown, row)
  const item = shown.get(key)
  const open = item === undefined ? undefined : openItems.get(shown)?.get(toRequest(item))
  if (item?.['state'] !== 'done' || (open !== undefined && open !== key)) return
  const { state, outcome, endedAt: ended_at } = row.body
  set(shown, key, { state, outcome, ended_at })
}

/**
 * The items whose number of what they come from is not that of its name. Which person has an account is decided again and again; in a
 * team, an item may have arrived before what it comes from.
 */
function findForeignOrigins(reader: Reader): readonly number[] {
  const rows = reader.all<{
    readonly id: number
    readonly kind: string | null
    readonly x: number | null
    readonly origin: string
  }>(`SELECT id, origin_kind AS kind, origin_id AS x, origin FROM remedy WHERE origin IS NOT NULL ORDER BY id`)
  const isOfTeam = reader.value('SELECT 1 FROM team_stream LIMIT 1') !== undefined
  return rows.flatMap(({ id, kind, x, origin }) => {
    const name = JSON.parse(origin) as OriginName
    if (x === null && isOfTeam) return []
    if (kind !== null && kind !== name.kind) return [id]
    if (name.kind === 'person' && x !== null) return []
    return isOfName(reader, name, x) ? [] : [id]
  })
}

/** A finding that comes back has a row of its own with the same name. */
function isOfName(reader: Reader, name: OriginName, id: number | null): boolean {
  const found = findOrigin(reader, name)?.id ?? null
  if (found === id || id === null || name.kind !== 'finding') return found === id
  const own = nameByKind(reader, 'finding', id).named ?? null
  return canonicalJson(own) === canonicalJson(name.named ?? null)
}

/** What a row that the journal shows is about, by the numbers of this register; null where it has not read it. */
function findRow(reader: Reader, { connection, subject_kind: kind, subject, values }: Values) {
  const connectionUid = String(connection)
  const connectionId = reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])
  if (connectionId === undefined) return null
  const find = (of: SubjectKind, externalId: unknown): number | undefined =>
    findSubject(reader, connectionId, { kind: of, named: { connectionUid, externalId: String(externalId) } })
  const { project_x: project, ...others } = values as Readonly<Record<string, Json>>
  const projectId = project === undefined ? undefined : find('project', project)
  const subjectId = find(kind as SubjectKind, subject)
  if (subjectId === undefined || (project !== undefined && projectId === undefined)) return null
  return { connectionId, subjectId, values: canonicalJson({ ...others, projectId }) }
}

/** Columns that hold a list as JSON. */
const LISTS = ['aliases', 'requests', 'approvals'] as const

function insertAsShown(writer: Writer, id: number | null, values: Values): void {
  const found = findRow(writer, values)
  if (found === null) throw new Error(`What the remediation item ${String(values['uid'])} is about is missing.`)
  const name = values['origin'] as OriginName | null
  const origin = name === null ? null : findOrigin(writer, name)
  const { connection: _, subject: __, ...columns } = values as Readonly<Record<string, string | number | null>>
  const row = {
    ...columns,
    id,
    connection_id: found.connectionId,
    subject_id: found.subjectId,
    values: found.values,
    ...Object.fromEntries(
      LISTS.map((column) => [column, values[column] === null ? null : canonicalJson(values[column] as Json)]),
    ),
    origin: name === null ? null : canonicalJson({ kind: name.kind, uid: name.uid, named: name.named }),
    origin_kind: origin?.kind ?? null,
    origin_id: origin?.id ?? null,
  }
  writer.run(
    `INSERT INTO remedy (${Object.keys(row)
      .map((column) => `"${column}"`)
      .join(', ')})
     VALUES (${Object.keys(row)
       .map(() => '?')
       .join(', ')})`,
    Object.values<string | number | null>(row),
  )
}

/** Changes at providers, by their uid. */
export const remediationProof: ProvedTable = {
  table: 'remedy',
  columns: [
    'uid',
    'connection',
    'action',
    'subject_kind',
    'subject',
    'subject_name',
    'values',
    'origin',
    'state',
    'outcome',
    'made',
    'added_at',
    'added_by',
    'sent_at',
    'ended_at',
    'aliases',
    'calls',
    'requests',
    'approvals',
  ],
  rows: (reader) =>
    reader
      .all<RemedyRow>(
        `SELECT r.id, r.uid, n.uid AS connection, r.action, r.subject_kind, CASE r.subject_kind
             WHEN 'principal' THEN (SELECT s.external_id FROM principal s WHERE s.id = r.subject_id AND s.connection_id = n.id)
             WHEN 'key' THEN (SELECT s.external_id FROM key s WHERE s.id = r.subject_id AND s.connection_id = n.id)
             WHEN 'project' THEN (SELECT s.external_id FROM project s WHERE s.id = r.subject_id AND s.connection_id = n.id) END AS subject,
           r.subject_name, r."values", (SELECT s.external_id FROM project s WHERE s.id = r."values" ->> '$.projectId') AS projectX,
           r.origin, r.state, r.outcome, r.made, r.added_at, r.added_by, r.sent_at, r.ended_at, r.aliases, r.calls, r.requests, r.approvals
         FROM remedy r JOIN connection n ON n.id = r.connection_id ORDER BY r.id`,
      )
      .map(({ id, projectX, ...row }) => ({
        id,
        key: row.uid ?? '',
        words: `remediation item ${id}`,
        values: {
          ...row,
          values: toValues(JSON.parse(row.values) as Readonly<Record<string, unknown>>, projectX),
          ...Object.fromEntries(
            LISTS.map((column) => [column, row[column] === null ? null : (JSON.parse(row[column]) as unknown)]),
          ),
          origin: row.origin === null ? null : (JSON.parse(row.origin) as unknown),
        },
      })),
  effects: {
    'remedy.added': add,
    'remedy.approved': approve,
    ...Object.fromEntries(Object.keys(FIRST).map((kind) => [kind, move])),
    'remedy.done-by-hand-undone': undo,
  },
  isHere: (reader, values) => findRow(reader, values) !== null,
  mend: {
    // The same change may be open in one row after the other.
    isReplaced: true,
    remove: (writer, { id }) => void writer.run('DELETE FROM remedy WHERE id = ?', [id]),
    write: (writer, row, values) => insertAsShown(writer, row?.id ?? null, values),
  },
  copies: (reader) =>
    findForeignOrigins(reader).map((id) => ({
      table: 'remedy',
      row: id,
      says: `Remediation item ${id} does not come from what the audit log shows.`,
    })),
}
