import { HISTORY_FILES, LOGS } from '../../../shared/report/evidence-history.ts'
import { PACK, tableFile } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { eachLine } from './lines.ts'
import { parseRecord } from './parse-record.ts'
import type { PackSource } from './pack-source.ts'

/** Files of JSON Lines that are the record of a pack, and not tables. */
const RECORD: readonly string[] = [PACK.journal, ...LOGS.map((log) => HISTORY_FILES[log].texts)]

export function listTables({ files }: PackSource): readonly string[] {
  const ending = tableFile('')
  return [...files.keys()]
    .filter((name) => name.endsWith(ending) && !RECORD.includes(name))
    .map((name) => name.slice(0, -ending.length))
    .toSorted()
}

/** Passes on the record of each line of a table, and the number of the line; null for a line that has none. */
export async function eachRecord(
  source: PackSource,
  table: string,
  visit: (record: EvidenceRecord | null, row: number) => void,
): Promise<void> {
  let row = 0
  await eachLine(source.read(tableFile(table)), (line) => {
    row += 1
    visit(parseRecord(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')), row)
  })
}
