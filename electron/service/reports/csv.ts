import { stringify } from 'csv-stringify/sync'

import { millionthsText, minorText } from '../../../shared/domain/usage/invoice.ts'
import type { DocumentCell, UsageDocument } from '../../../shared/report/usage-document.ts'
import { CSV_OPTIONS, csvCell } from '../files-out/csv.ts'

/** The rows of a report as CSV. Amounts are exact decimals without grouping, so that they can be added up. */
export function printReportCsv({ records }: UsageDocument): string {
  const rows = records.rows.map((row) => row.map(cellOf))
  return stringify([[...records.head], ...rows], CSV_OPTIONS)
}

function cellOf(cell: DocumentCell): string | number | null {
  if (cell === null || typeof cell === 'string') return csvCell(cell)
  if (cell.unit === 'usd') return millionthsText(cell.value)
  return cell.unit === 'minor' ? minorText(cell.value, cell.digits ?? 2).replaceAll(',', '') : cell.value
}
