import type { Reader, Value, Writer } from '../../db/handles.ts'
import { insertRotation } from '../../keys/rotation.ts'
import type { RecordedRotation } from './key-journal.ts'
import { toPlace } from './key-journal.ts'
import { type ComparedKeys, type KeyComparison, type KeyDifference } from './key-tables.ts'
import { differs, findDifferences, notInJournal, onlyInJournal, type Values } from '../../rows/proved-table.ts'

interface RotationRow {
  readonly id: number
  readonly uid: string
  readonly connection: number
  readonly connectionUid: string
  readonly logical_key_id: number
  readonly recognized: number
  readonly key_name: string
  readonly key: string
}

/** Compares rotations with what people recorded and undid, and the days that they fulfilled with all decisions about days. */
export function compareRotations(reader: Reader, of: KeyComparison): ComparedKeys {
  const { journal, fold } = of
  const { rotations, undone, isInvented, isImported } = journal
  const differences: KeyDifference[] = []
  let [proved, partly] = [0, 0]
  const left = new Map(rotations)
  const rows = reader.all<RotationRow & Readonly<Record<string, unknown>>>(
    `SELECT r.id, r.uid, l.connection_id AS connection, n.uid AS connectionUid, r.logical_key_id,
       n.uid || ' ' || k.external_id AS key, r.key_name, r.trigger, r.rotated_on, r.recognized, r.operator, r.note,
       r.recorded_at, r.undone_at, r.met_due_on
     FROM rotation r JOIN logical_key l ON l.id = r.logical_key_id JOIN connection n ON n.id = l.connection_id
     JOIN key k ON k.id = r.key_id ORDER BY r.id`,
  )
  for (const row of rows) {
    const recorded = left.get(row.uid)
    left.delete(row.uid)
    const logicalKey = row.logical_key_id
    if (recorded === undefined && row.recognized === 0 && !isInvented) {
      const says = notInJournal(`rotation ${row.id} of ${row.key_name}`)
      const mend = (writer: Writer): void => void writer.run('DELETE FROM rotation WHERE id = ?', [row.id])
      differences.push({ table: 'rotation', row: row.id, says, mend, logicalKey })
      continue
    }
    const key = fold.logicalKeys.get(logicalKey)
    const isWhole = !isImported(row.connection) && !isInvented && key?.isOrdered === true
    const undoneAt =
      undone.get(toPlace(row.connectionUid, row.uid)) ?? (row.recognized === 1 ? undone.get(row.key) : undefined)
    const shown: Values = {
      ...recorded?.values,
      ...(recorded === undefined ? {} : { logical_key_id: fold.find(recorded.name) }),
      // An import undoes a rotation that a sync recognized, without a row of the journal.
      ...(recorded === undefined && undoneAt === undefined && !isWhole ? {} : { undone_at: undoneAt ?? null }),
      ...(isWhole ? { met_due_on: key.days.met(row.uid) } : {}),
    }
    const wrong = findDifferences(row, shown)
    if (wrong.length > 0) {
      const says = differs(`rotation ${row.id} of ${row.key_name}`, wrong)
      const mend = (writer: Writer): void => setColumns(writer, row.id, shown, wrong)
      differences.push({ table: 'rotation', row: row.id, says, mend, logicalKey })
    } else if ('met_due_on' in shown) proved += 1
    else partly += 1
  }
  for (const [uid, recorded] of left) {
    const difference = findMissing(reader, of, uid, recorded)
    if (difference !== null) differences.push(difference)
  }
  return { table: 'rotation', proved, partly, differences }
}

/** A rotation that is in the journal and not in the table; null where its key is not in this register either. */
function findMissing(
  reader: Reader,
  { journal: { undone }, fold, mayLack }: KeyComparison,
  uid: string,
  { name, values }: RecordedRotation,
): KeyDifference | null {
  const key = reader.value<number>(
    'SELECT k.id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?',
    [name.key, name.connectionUid],
  )
  const problem = { table: 'rotation', row: 0, says: onlyInJournal(`rotation ${uid}`) }
  if (key === undefined) return mayLack ? null : problem
  const logicalKey = fold.find(name) ?? 0
  const undoneAt = undone.get(toPlace(name.connectionUid, uid)) ?? null
  const met = fold.logicalKeys.get(logicalKey)?.days.met(uid) ?? null
  const mend = (writer: Writer): void => {
    const { key_name: keyName, trigger, rotated_on: rotatedOn, operator, note, recorded_at: at } = values
    const of = { keyId: key, name: keyName, logicalKeyId: logicalKey }
    const id = insertRotation(writer, { key: of, trigger, rotatedOn, operator, note, at, uid } as Parameters<
      typeof insertRotation
    >[1])
    setColumns(writer, id, { undone_at: undoneAt, met_due_on: met }, ['undone_at', 'met_due_on'])
  }
  return { ...problem, mend, logicalKey }
}

function setColumns(writer: Writer, id: number, shown: Values, columns: readonly string[]): void {
  for (const column of columns) {
    // Other columns are never changed: a recorded rotation that differs in them was edited.
    if (MENDED.has(column)) {
      writer.run(`UPDATE rotation SET "${column}" = ? WHERE id = ?`, [shown[column] as Value, id])
    }
  }
}

const MENDED: ReadonlySet<string> = new Set(['logical_key_id', 'undone_at', 'met_due_on'])
