import type { Day } from '../../../../shared/domain/day.ts'
import type { Reader } from '../../db/handles.ts'
import type { JournalRow } from '../../db/journal.ts'
import { makeDueDays } from './due-days.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  onlyInJournal,
  type ProofProblem,
  type TableProof,
  type Values,
} from './table.ts'

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

/** A logical key about which nothing was decided. */
const UNDECIDED: Values = {
  environment: null,
  team: null,
  purpose: null,
  contact: null,
  interval_days: null,
  notes: '',
}

interface LogicalKey {
  set: Values
  readonly days: ReturnType<typeof makeDueDays>
}

/** What the journal shows of a rotation that a person recorded. */
interface Recorded {
  readonly values: Values
  /** Of an operation, the logical key; older rows do not name it. */
  readonly logicalKey: string | null
}

const toPlace = (connectionUid: unknown, externalId: unknown): string =>
  `${String(connectionUid)} ${String(externalId)}`

const placeOf = ({ connectionUid, key }: Body): string => toPlace(connectionUid, key)
const firstPlace = ({ connectionUid, firstKey }: Body): string => toPlace(connectionUid, firstKey)

const ACTIONS: ReadonlySet<string> = new Set([
  'key.described',
  'key.snoozed',
  'key.rotated',
  'key.rotation-undone',
  'file.imported',
  'sample.loaded',
])

/**
 * Collects what people decided about keys from the journal, row by row: what they set for logical keys, snoozes and
 * rotations. A logical key is named by the first of its keys, so that imports, which move later ones out of it, change
 * no name. Imports of files also set purposes, contacts and days, and syncs record rotations of their own: what these may
 * have set is not compared. Nor is what was decided before the journal named the connection of a key.
 */
export function keysByJournal() {
  const logicalKeys = new Map<string, LogicalKey>()
  const snoozes = new Map<string, Day | null>()
  const rotations = new Map<string, Recorded>()
  const undone = new Map<string, number>()
  /** Connections that a file was imported into, by number; null: some that are not named. */
  const imported = new Set<number | null>()
  /** What can have values that the journal does not show. */
  const older = { settings: false, snoozes: false }
  let isInvented = false

  const logicalKey = (place: string): LogicalKey => {
    const known = logicalKeys.get(place)
    if (known !== undefined) return known
    const made: LogicalKey = { set: older.settings || isInvented ? {} : UNDECIDED, days: makeDueDays() }
    logicalKeys.set(place, made)
    return made
  }
  const described = (body: Body): void => {
    const key = logicalKey(firstPlace(body))
    const given = Object.entries(FIELDS).flatMap(([field, column]) =>
      body[field] === undefined ? [] : [[column, body[field]] as const],
    )
    key.set = { ...key.set, ...Object.fromEntries(given) }
    if (body['dueOn'] !== undefined) key.days.set(body['dueOn'] as Day | null)
  }
  const rotated = ({ at, operator, subject }: JournalRow, body: Body): void => {
    const { rotation, rotationUid, trigger, rotatedOn, note } = body
    const number = String(rotation)
    const values = {
      key_name: subject,
      trigger,
      rotated_on: rotatedOn,
      recognised: 0,
      operator,
      note,
      recorded_at: at,
    }
    if (rotationUid === undefined || body['v'] === undefined) {
      rotations.set(number, { values, logicalKey: null })
      return
    }
    const place = firstPlace(body)
    rotations.set(number, {
      values: { ...values, uid: rotationUid, key: placeOf(body), logical_key: place },
      logicalKey: place,
    })
    logicalKey(place).days.rotate(number, String(rotatedOn))
  }
  return {
    visit: (row: JournalRow): void => {
      if (!ACTIONS.has(row.action)) return
      const body = JSON.parse(row.body) as Body
      const isOperation = typeof body['v'] === 'number'
      if (row.action === 'sample.loaded') isInvented = true
      else if (row.action === 'file.imported') {
        const organizations = (body['organizations'] ?? [{}]) as readonly Body[]
        for (const { connection } of organizations) imported.add(typeof connection === 'number' ? connection : null)
      } else if (row.action === 'key.rotated') rotated(row, body)
      else if (row.action === 'key.rotation-undone') {
        const number = String(body['rotation'])
        if (!undone.has(number)) undone.set(number, row.at)
        const place = rotations.get(number)?.logicalKey ?? null
        if (place !== null) logicalKey(place).days.undo(number)
      } else if (row.action === 'key.described') {
        if (isOperation) described(body)
        else older.settings = true
      } else if (isOperation) snoozes.set(placeOf(body), body['until'] as Day | null)
      else older.snoozes = true
    },
    /** `today` is the day until which snoozes can have ended. */
    result: (reader: Reader, today: Day): readonly TableProof[] => {
      const hasOlder = { settings: isInvented || older.settings, snoozes: isInvented || older.snoozes }
      const isImported = (connection: number): boolean => imported.has(connection) || imported.has(null)
      const others = findOthers(reader, rotations)
      const known = { logicalKeys, snoozes, rotations, undone, others, isInvented, hasOlder, isImported }
      return [proveSettings(reader, known), proveSnoozes(reader, known, today), proveRotations(reader, known)]
    },
  }
}

interface Known {
  readonly logicalKeys: ReadonlyMap<string, LogicalKey>
  readonly snoozes: ReadonlyMap<string, Day | null>
  readonly rotations: ReadonlyMap<string, Recorded>
  readonly undone: ReadonlyMap<string, number>
  /** Logical keys, by number, that have rotations which no operation made: which days these fulfilled is not known. */
  readonly others: ReadonlySet<number>
  readonly isInvented: boolean
  readonly hasOlder: { readonly settings: boolean; readonly snoozes: boolean }
  readonly isImported: (connection: number) => boolean
}

function findOthers(reader: Reader, rotations: Known['rotations']): ReadonlySet<number> {
  const rows = reader.all<{ readonly id: number; readonly logicalKeyId: number }>(
    'SELECT id, logical_key_id AS logicalKeyId FROM rotation',
  )
  return new Set(
    rows.flatMap(({ id, logicalKeyId }) =>
      (rotations.get(String(id))?.logicalKey ?? null) === null ? [logicalKeyId] : [],
    ),
  )
}

/** The first key of a logical key `l`: the others joined it later. */
const FIRST_KEY = '(SELECT f.external_id FROM key f WHERE f.logical_key_id = l.id ORDER BY f.id LIMIT 1)'

interface LogicalKeyRow {
  readonly id: number
  readonly connection: number
  readonly uid: string
  readonly first: string | null
  readonly due_on: Day | null
}

function proveSettings(reader: Reader, { logicalKeys, others, hasOlder, isImported }: Known): TableProof {
  const problems: ProofProblem[] = []
  const add = (row: number, says: string): void => void problems.push({ table: 'logical_key', row, says })
  let [proved, partly] = [0, 0]
  const left = new Map(logicalKeys)
  const places = JSON.stringify([...logicalKeys.keys()].map((place) => splitPlace(place)))
  const rows = reader.iterate<LogicalKeyRow & Readonly<Record<string, unknown>>>(
    `SELECT l.id, l.connection_id AS connection, n.uid, ${FIRST_KEY} AS first, l.environment, l.team, l.purpose, l.contact,
       l.interval_days, l.notes, l.due_on
     FROM logical_key l JOIN connection n ON n.id = l.connection_id
     WHERE l.environment IS NOT NULL OR l.team IS NOT NULL OR l.purpose IS NOT NULL OR l.contact IS NOT NULL
       OR l.interval_days IS NOT NULL OR l.due_on IS NOT NULL OR l.notes <> ''
       OR l.id IN (SELECT k.logical_key_id FROM json_each(?) j CROSS JOIN connection n ON n.uid = j.value ->> 0
         CROSS JOIN key k ON k.connection_id = n.id AND k.external_id = j.value ->> 1)
     ORDER BY l.id`,
    [places],
  )
  for (const row of rows) {
    const place = toPlace(row.uid, row.first)
    const key = logicalKeys.get(place)
    left.delete(place)
    const isFromFile = isImported(row.connection)
    const set = key?.set ?? (hasOlder.settings ? {} : UNDECIDED)
    const hasDay = !isFromFile && !others.has(row.id) && !hasOlder.settings
    const shown = {
      ...(isFromFile ? without(set, ['purpose', 'contact']) : set),
      ...(hasDay ? { due_on: key?.days.dueOn() ?? null } : {}),
    }
    const wrong = findDifferences(row, shown)
    if (wrong.length > 0) add(row.id, differs(`logical key ${row.id}`, wrong))
    else if (Object.keys(shown).length === Object.keys(UNDECIDED).length + 1) proved += 1
    else partly += 1
  }
  for (const place of left.keys()) add(0, onlyInJournal(`the logical key of the key ${place}`))
  return { table: 'logical_key (what people set)', proved, partly, problems }
}

function proveSnoozes(reader: Reader, { snoozes, hasOlder }: Known, today: Day): TableProof {
  const problems: ProofProblem[] = []
  const add = (row: number, says: string): void => void problems.push({ table: 'key', row, says })
  let [proved, partly] = [0, 0]
  const left = new Map(snoozes)
  const rows = reader.iterate<{ readonly id: number; readonly uid: string; readonly x: string; readonly until: Day }>(
    `SELECT k.id, n.uid, k.external_id AS x, k.snoozed_until AS until FROM key k INDEXED BY key_snoozed
     JOIN connection n ON n.id = k.connection_id WHERE k.snoozed_until IS NOT NULL ORDER BY k.id`,
  )
  for (const { id, uid, x, until } of rows) {
    const shown = left.get(toPlace(uid, x))
    left.delete(toPlace(uid, x))
    if (shown === undefined && hasOlder.snoozes) partly += 1
    else if (shown === until) proved += 1
    else
      add(id, shown === undefined ? notInJournal(`the snooze of key ${id}`) : differs(`key ${id}`, ['snoozed_until']))
  }
  for (const [place, until] of left) {
    // A reminder ends a snooze whose day has passed.
    if (until === null || until <= today) proved += 1
    else add(0, onlyInJournal(`the snooze of the key ${place}`))
  }
  return { table: 'key (snoozes)', proved, partly, problems }
}

interface RotationRow {
  readonly id: number
  readonly connection: number
  readonly logicalKeyId: number
  readonly recognised: number
  readonly key_name: string
}

function proveRotations(reader: Reader, known: Known): TableProof {
  const { logicalKeys, rotations, undone, others, isInvented, hasOlder, isImported } = known
  const problems: ProofProblem[] = []
  const add = (row: number, says: string): void => void problems.push({ table: 'rotation', row, says })
  let [proved, partly] = [0, 0]
  const left = new Map(rotations)
  const rows = reader.iterate<RotationRow & Readonly<Record<string, unknown>>>(
    `SELECT r.id, r.uid, l.connection_id AS connection, l.id AS logicalKeyId, n.uid || ' ' || ${FIRST_KEY} AS logical_key,
       n.uid || ' ' || k.external_id AS key, r.key_name, r.trigger, r.rotated_on, r.recognised, r.operator, r.note,
       r.recorded_at, r.undone_at, r.met_due_on
     FROM rotation r JOIN logical_key l ON l.id = r.logical_key_id JOIN connection n ON n.id = l.connection_id
     JOIN key k ON k.id = r.key_id ORDER BY r.id`,
  )
  for (const row of rows) {
    const number = String(row.id)
    const recorded = left.get(number)
    left.delete(number)
    if (recorded === undefined && row.recognised === 0 && !isInvented) {
      add(row.id, notInJournal(`rotation ${row.id} of ${row.key_name}`))
      continue
    }
    const days = recorded?.logicalKey === null ? undefined : logicalKeys.get(recorded?.logicalKey ?? '')?.days
    const isWhole = !isImported(row.connection) && !others.has(row.logicalKeyId) && !hasOlder.settings
    const undoneAt = undone.get(number)
    const shown = {
      ...recorded?.values,
      // An import undoes a rotation that a sync recognised, without a row of the journal.
      ...(recorded === undefined && undoneAt === undefined ? {} : { undone_at: undoneAt ?? null }),
      ...(days !== undefined && isWhole ? { met_due_on: days.met(number) } : {}),
    }
    const wrong = findDifferences(row, shown)
    if (wrong.length > 0) add(row.id, differs(`rotation ${row.id} of ${row.key_name}`, wrong))
    else if ('met_due_on' in shown) proved += 1
    else partly += 1
  }
  for (const number of left.keys()) add(Number(number), onlyInJournal(`rotation ${number}`))
  return { table: 'rotation', proved, partly, problems }
}

function splitPlace(place: string): readonly [string, string] {
  const at = place.indexOf(' ')
  return [place.slice(0, at), place.slice(at + 1)]
}

function without(values: Values, columns: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([column]) => !columns.includes(column)))
}
