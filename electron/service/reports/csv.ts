import { millionthsText, minorText } from '../../../shared/domain/usage/invoice.ts'
import type { DocumentCell, UsageDocument } from '../../../shared/report/usage-document.ts'
import { csvText, type CsvValue } from '../files-out/csv-text.ts'

/** The rows of a report as CSV. Amounts are exact decimals without grouping, so that they can be added up. */
export function printReportCsv({ records }: UsageDocument): string {
  const rows = records.rows.map((row) => row.map(cellOf))
  return csvText([records.head, ...rows])
}

function cellOf(cell: DocumentCell): CsvValue {
  if (cell === null || typeof cell === 'string') return cell
  if (cell.unit === 'usd') return millionthsText(cell.value)
  return cell.unit === 'minor' ? minorText(cell.value, cell.digits ?? 2).replaceAll(',', '') : cell.value
}
