import type { Reader } from '../db/handles.ts'
import type { TableProblem } from '../reviews/by-journal.ts'

type Body = Readonly<Record<string, unknown>>

interface Rotation {
  readonly id: number
  readonly name: string
  readonly trigger: string
  readonly rotatedOn: string
  readonly note: string
  /** Recorded by a sync, without a journal row. */
  readonly recognised: number
  readonly undone: number
}

/** Verifies the rotations that people recorded and undid against the journal, since due days depend on them. */
export function rotationsByJournal() {
  const reported = new Map<number, Body>()
  const undone = new Set<number>()
  let isInvented = false
  return {
    /** The sample agency has rotations without journal rows. */
    invent: (): void => {
      isInvented = true
    },
    rotated: (body: Body): void => {
      if (typeof body['rotation'] === 'number') reported.set(body['rotation'], body)
    },
    undone: (body: Body): void => {
      if (typeof body['rotation'] === 'number') undone.add(body['rotation'])
    },
    problems: (reader: Reader): TableProblem[] => {
      const left = new Map(reported)
      const rows = reader.all<Rotation>(
        `SELECT id, key_name AS name, trigger, rotated_on AS rotatedOn, note, recognised, undone_at IS NOT NULL AS undone
         FROM rotation ORDER BY id`,
      )
      const wrong = rows.flatMap((row): TableProblem[] => {
        const body = left.get(row.id)
        left.delete(row.id)
        const isKnown = body === undefined ? row.recognised === 1 || isInvented : matchesJournal(row, body)
        // An import undoes a rotation that a sync recognized, without its own journal row.
        const isUndoneInJournal = row.undone === (undone.has(row.id) ? 1 : row.recognised === 1 ? row.undone : 0)
        if (isKnown && isUndoneInJournal) return []
        return [
          { table: 'rotation', row: row.id, says: `Rotation ${row.id} of ${row.name} does not match the journal.` },
        ]
      })
      const removed = left.keys().map((id): TableProblem => {
        return { table: 'rotation', row: id, says: `Rotation ${id} is in the journal but not among the rotations.` }
      })
      return [...wrong, ...removed]
    },
  }
}

function matchesJournal(row: Rotation, body: Body): boolean {
  const { trigger, rotatedOn, note } = body
  return row.recognised === 0 && row.trigger === trigger && row.rotatedOn === rotatedOn && row.note === note
}
