import type { Day } from '../../../../shared/domain/day.ts'
import type { JournalRow } from '../../db/journal.ts'
import type { Values } from '../../rows/proved-table.ts'

type Body = Readonly<Record<string, unknown>>

/** What a person set for a logical key, by column, without the day, which rotations change too. */
const FIELDS: Readonly<Record<string, string>> = {
  environment: 'environment',
  team: 'team',
  purpose: 'purpose',
  contact: 'contact',
  intervalDays: 'interval_days',
  notes: 'notes',
}

/** How a decision names a logical key: by its first key, and by the key that a person acted on. */
export interface KeyName {
  readonly connectionUid: string
  readonly firstKey: string
  readonly key: string
}

/** The last reading of the connection that the author had; null: none. */
export type LastReading = { readonly syncUid: string; readonly began: number } | null

/** A decision on the day that is set for a logical key. `n`: its place among all decisions. */
export type DayDecision = { readonly n: number; readonly reading: LastReading } & (
  | { readonly as: 'set'; readonly on: Day | null }
  | { readonly as: 'rotated'; readonly rotation: string; readonly on: Day }
  /** `recognized`: the place of the key whose recognized rotation it is. */
  | { readonly as: 'undone'; readonly rotation: string; readonly recognized: string | null }
)

/** What was decided about a logical key under one of its names. */
export interface NamedKey {
  readonly name: KeyName
  readonly n: number
  /** False for a key of the sample agency: the journal has no record of its first values. */
  readonly isWhole: boolean
  /** By column, the last value and the place of its decision. */
  readonly set: Map<string, { readonly n: number; readonly value: unknown }>
  readonly days: DayDecision[]
}

/** What the journal shows of a rotation that a person recorded. */
export interface RecordedRotation {
  readonly values: Values
  readonly name: KeyName
}

/** What people decided about keys, as the journal shows it. */
export interface KeyJournal {
  readonly named: ReadonlyMap<string, NamedKey>
  /** By the place of the key. */
  readonly snoozes: ReadonlyMap<string, Day | null>
  /** By uid. */
  readonly rotations: ReadonlyMap<string, RecordedRotation>
  /** When a rotation was undone: by connection and uid, or by the place of its key where it was recognized. */
  readonly undone: ReadonlyMap<string, number>
  /** Whether a file was imported into a connection, by its number. */
  readonly isImported: (connection: number) => boolean
  /** Whether keys of the sample agency have values that the journal does not show. */
  readonly isInvented: boolean
}

export const toPlace = (connectionUid: unknown, externalId: unknown): string =>
  `${String(connectionUid)} ${String(externalId)}`

const toName = ({ connectionUid, firstKey, key }: Body): KeyName => ({
  connectionUid: String(connectionUid),
  firstKey: String(firstKey),
  key: String(key),
})

/** The rows that collecting reads. */
export const KEY_ACTIONS: ReadonlySet<string> = new Set([
  'key.described',
  'key.snoozed',
  'key.rotated',
  'key.rotation-undone',
  'file.imported',
  'sample.loaded',
])

/** Collects what people decided about keys, row by row, in the order in which it counts. */
export function collectKeyDecisions() {
  const named = new Map<string, NamedKey>()
  const snoozes = new Map<string, Day | null>()
  const rotations = new Map<string, RecordedRotation>()
  const undone = new Map<string, number>()
  /** Connections that a file was imported into, by number. */
  const imported = new Set<unknown>()
  let isInvented = false
  let n = 0

  const findNamed = (body: Body): NamedKey => {
    const name = toName(body)
    const known = named.get(JSON.stringify(name))
    if (known !== undefined) return known
    const made: NamedKey = { name, n, isWhole: !isInvented, set: new Map(), days: [] }
    named.set(JSON.stringify(name), made)
    return made
  }
  const described = (body: Body): void => {
    const key = findNamed(body)
    for (const [field, column] of Object.entries(FIELDS))
      if (body[field] !== undefined) key.set.set(column, { n, value: body[field] })
    if (body['dueOn'] !== undefined) key.days.push({ ...at(body), as: 'set', on: body['dueOn'] as Day | null })
  }
  const at = (body: Body) => ({ n, reading: body['lastReading'] as LastReading })
  const rotated = ({ at: recordedAt, operator, subject }: JournalRow, body: Body): void => {
    const { trigger, rotatedOn, note } = body
    const uid = String(body['rotationUid'])
    // A uid names one rotation: the first one.
    if (rotations.has(uid)) return
    const name = toName(body)
    const recorded = { key_name: subject, trigger, rotated_on: rotatedOn, recognized: 0, operator, note }
    const key = toPlace(name.connectionUid, name.key)
    rotations.set(uid, { values: { ...recorded, recorded_at: recordedAt, uid, key }, name })
    findNamed(body).days.push({ ...at(body), as: 'rotated', rotation: uid, on: rotatedOn as Day })
  }
  const undo = (row: JournalRow, body: Body): void => {
    const rotation = String(body['rotationUid'])
    const recognized = body['recognized'] === true ? toPlace(body['connectionUid'], body['key']) : null
    const place = recognized ?? toPlace(body['connectionUid'], rotation)
    if (!undone.has(place)) undone.set(place, row.at)
    findNamed(body).days.push({ ...at(body), as: 'undone', rotation, recognized })
  }
  return {
    visit: (row: JournalRow): void => {
      if (!KEY_ACTIONS.has(row.action)) return
      n += 1
      const body = JSON.parse(row.body) as Body
      if (row.action === 'sample.loaded') isInvented = true
      else if (row.action === 'file.imported') {
        for (const { connection } of (body['organizations'] ?? []) as readonly Body[]) imported.add(connection)
      } else if (row.action === 'key.rotated') rotated(row, body)
      else if (row.action === 'key.rotation-undone') undo(row, body)
      else if (row.action === 'key.described') described(body)
      else snoozes.set(toPlace(body['connectionUid'], body['key']), body['until'] as Day | null)
    },
    collected: (): KeyJournal => ({
      named,
      snoozes,
      rotations,
      undone,
      isImported: (connection) => imported.has(connection),
      isInvented,
    }),
  }
}
