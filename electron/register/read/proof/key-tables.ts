import type { Day } from '../../../../shared/domain/day.ts'
import type { Reader, Value, Writer } from '../../db/handles.ts'
import { setSnooze } from '../../keys/rotation.ts'
import { type KeyFold, UNDECIDED } from './key-fold.ts'
import { type KeyJournal, toPlace } from './key-journal.ts'
import {
  differs,
  findDifferences,
  notInJournal,
  onlyInJournal,
  type ProofProblem,
  type Values,
} from '../../rows/proved-table.ts'

/** A place where a table differs from what people decided about keys. */
export interface KeyDifference extends ProofProblem {
  /** Writes what follows from the decisions; left out where the register lacks what that belongs to. */
  readonly mend?: (writer: Writer) => void
  /** The number of the logical key whose due days follow from it. */
  readonly logicalKey?: number
}

export interface ComparedKeys {
  readonly table: string
  readonly proved: number
  readonly partly: number
  readonly differences: readonly KeyDifference[]
}

export interface KeyComparison {
  readonly journal: KeyJournal
  readonly fold: KeyFold
  /** Whether decisions may name keys that this register does not have. */
  readonly mayLack: boolean
}

interface LogicalKeyRow {
  readonly id: number
  readonly connection: number
}

export function compareSettings(reader: Reader, { journal, fold, mayLack }: KeyComparison): ComparedKeys {
  const { isInvented, isImported } = journal
  const differences: KeyDifference[] = []
  let [proved, partly] = [0, 0]
  const rows = reader.all<LogicalKeyRow & Readonly<Record<string, unknown>>>(
    `SELECT l.id, l.connection_id AS connection, l.environment, l.team, l.purpose, l.contact, l.interval_days, l.notes, l.due_on
     FROM logical_key l
     WHERE l.environment IS NOT NULL OR l.team IS NOT NULL OR l.purpose IS NOT NULL OR l.contact IS NOT NULL
       OR l.interval_days IS NOT NULL OR l.due_on IS NOT NULL OR l.notes <> '' OR l.id IN (SELECT value FROM json_each(?))
     ORDER BY l.id`,
    [JSON.stringify([...fold.logicalKeys.keys()])],
  )
  for (const row of rows) {
    const key = fold.logicalKeys.get(row.id)
    const isFromFile = isImported(row.connection)
    const set = key?.set ?? (isInvented ? {} : UNDECIDED)
    const hasDay = !isFromFile && !isInvented && key?.isOrdered !== false
    const shown = {
      ...(isFromFile ? without(set, ['purpose', 'contact']) : set),
      ...(hasDay ? { due_on: key?.days.dueOn() ?? null } : {}),
    }
    const wrong = findDifferences(row, shown)
    if (wrong.length > 0) {
      const says = differs(`logical key ${row.id}`, wrong)
      const mend = (writer: Writer): void => setColumns(writer, row.id, shown, wrong)
      differences.push({ table: 'logical_key', row: row.id, says, mend, logicalKey: row.id })
    } else if (Object.keys(shown).length === Object.keys(UNDECIDED).length + 1) proved += 1
    else partly += 1
  }
  for (const { name } of mayLack ? [] : fold.missing) {
    const says = onlyInJournal(`the logical key of the key ${toPlace(name.connectionUid, name.firstKey)}`)
    differences.push({ table: 'logical_key', row: 0, says })
  }
  return { table: 'logical_key (what people set)', proved, partly, differences }
}

function setColumns(writer: Writer, id: number, shown: Values, columns: readonly string[]): void {
  for (const column of columns)
    writer.run(`UPDATE logical_key SET "${column}" = ? WHERE id = ?`, [shown[column] as Value, id])
}

/** `today`: the day until which a snooze that is not in the table may have ended; null: none may. */
export function compareSnoozes(
  reader: Reader,
  { journal: { snoozes, isInvented }, mayLack }: KeyComparison,
  today: Day | null,
): ComparedKeys {
  const differences: KeyDifference[] = []
  let [proved, partly] = [0, 0]
  const left = new Map(snoozes)
  const rows = reader.all<{ readonly id: number; readonly uid: string; readonly x: string; readonly until: Day }>(
    `SELECT k.id, n.uid, k.external_id AS x, k.snoozed_until AS until FROM key k INDEXED BY key_snoozed
     JOIN connection n ON n.id = k.connection_id WHERE k.snoozed_until IS NOT NULL ORDER BY k.id`,
  )
  for (const { id, uid, x, until } of rows) {
    const shown = left.get(toPlace(uid, x))
    left.delete(toPlace(uid, x))
    if (shown === undefined && isInvented) partly += 1
    else if (shown === until) proved += 1
    else {
      const says =
        shown === undefined ? notInJournal(`the snooze of key ${id}`) : differs(`key ${id}`, ['snoozed_until'])
      differences.push({ table: 'key', row: id, says, mend: (writer) => setSnooze(writer, id, shown ?? null) })
    }
  }
  for (const [place, until] of left) {
    // A reminder ends a snooze whose day has passed.
    if (until === null || (today !== null && until <= today)) {
      proved += 1
      continue
    }
    const [uid, x] = splitPlace(place)
    const id = reader.value<number>(
      'SELECT k.id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?',
      [x, uid],
    )
    if (id === undefined && mayLack) continue
    const mend = id === undefined ? {} : { mend: (writer: Writer): void => setSnooze(writer, id, until) }
    differences.push({ table: 'key', row: 0, says: onlyInJournal(`the snooze of the key ${place}`), ...mend })
  }
  return { table: 'key (snoozes)', proved, partly, differences }
}

function splitPlace(place: string): readonly [string, string] {
  const at = place.indexOf(' ')
  return [place.slice(0, at), place.slice(at + 1)]
}

function without(values: Values, columns: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([column]) => !columns.includes(column)))
}
