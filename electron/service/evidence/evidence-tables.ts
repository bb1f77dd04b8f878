import { CONTROLS } from '../../../shared/report/evidence-controls.ts'
import { HEADER, POPULATION } from '../../../shared/report/evidence-header.ts'
import { CLOSURES, DECISIONS, ITEMS } from '../../../shared/report/evidence-items.ts'
import type { EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { ROSTER_TABLE } from '../../../shared/report/evidence-rosters.ts'
import { SIGN_OFF } from '../../../shared/report/evidence-sign-off.ts'

const TABLES: readonly EvidenceTable[] = [
  HEADER,
  POPULATION,
  ROSTER_TABLE,
  ITEMS,
  DECISIONS,
  CLOSURES,
  SIGN_OFF,
  CONTROLS,
]

/** The table of a review's pack with a name. */
export function tableOf(name: string): EvidenceTable | undefined {
  return TABLES.find((table) => table.name === name)
}
