import type { Day } from '../../../../shared/domain/day.ts'
import type { Reader, Writer } from '../../db/handles.ts'
import { foldKeys } from './key-fold.ts'
import { collectKeyDecisions } from './key-journal.ts'
import { compareSettings, compareSnoozes, type ComparedKeys } from './key-tables.ts'
import { compareRotations } from './rotations.ts'
import type { TableProof } from '../../rows/proved-table.ts'

/**
 * Collects what people decided about keys from the journal, row by row: what they set for logical keys, snoozes and
 * rotations. A logical key is named by the first of its keys, so that imports, which move later ones out of it, change
 * no name. Imports of files also set purposes, contacts and days: what these may have set is not compared.
 */
export function keysByJournal() {
  const { visit, collected } = collectKeyDecisions()
  const compare = (reader: Reader, today: Day | null): readonly ComparedKeys[] => {
    const journal = collected()
    const fold = foldKeys(reader, journal)
    // A team's history may name keys that this register has not read yet.
    const mayLack = reader.value('SELECT 1 FROM team_stream LIMIT 1') !== undefined
    const of = { journal, fold, mayLack }
    return [compareSettings(reader, of), compareSnoozes(reader, of, today), compareRotations(reader, of)]
  }
  return {
    visit,
    /** `today` is the day until which snoozes can have ended. */
    result: (reader: Reader, today: Day): readonly TableProof[] =>
      compare(reader, today).map(({ differences, table, proved, partly }) => ({
        table,
        proved,
        partly,
        problems: differences.map(({ table: of, row, says }) => ({ table: of, row, says })),
      })),
    /** Makes the tables agree with the journal. Returns the logical keys of which something was written. */
    mend: (writer: Writer): ReadonlySet<number> => {
      const differences = compare(writer, null).flatMap((compared) => compared.differences)
      for (const { mend } of differences) mend?.(writer)
      return new Set(differences.flatMap(({ logicalKey }) => logicalKey ?? []))
    },
  }
}
