import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/node'

import { toDollars } from '../../../shared/domain/text/money.ts'
import type { DocumentCell, DocumentTable, UsageDocument } from '../../../shared/report/usage-document.ts'
import { assertFits, bold, excelText, toSheet } from '../files-out/xlsx.ts'

/** Excel's limit for the name of a sheet. */
const MAX_NAME = 31

/**
 * A report as an Excel workbook: a sheet of its text, then one for each table. Numbers are numbers, with the format of
 * their unit; every other text is text. Throws `Refusal` INVALID when it is too large for Excel.
 */
export async function printReportXlsx(document: UsageDocument): Promise<Uint8Array> {
  const sheets = [toWords(document), ...toTables(document)]
  assertFits('report', Math.max(...sheets.map(({ data }) => data.length)))
  return writeExcelFile(sheets, { fontSize: 11 }).toBuffer()
}

function toWords({ title, blocks }: UsageDocument) {
  const words = blocks.flatMap((block) => (block.type === 'heading' || block.type === 'paragraph' ? [block] : []))
  return {
    sheet: 'About',
    data: [
      [bold(title)],
      ...words.map((word) => [word.type === 'heading' ? bold(word.text) : excelText(word.text)]),
    ] as SheetData,
    columns: [{ width: 110 }],
  }
}

/** Each table by its name; of several clients, with the client's name in its first column. */
function toTables({ blocks }: UsageDocument) {
  const clients = blocks.filter((block) => block.type === 'heading' && block.depth === 2)
  const sheets = new Map<string, { head: readonly string[]; data: Row[] }>()
  let client = ''
  for (const block of blocks) {
    if (block.type === 'heading' && block.depth === 2) client = block.text
    if (block.type !== 'table') continue
    // The days of each client have columns of their own.
    const isOwn = block.name === 'By day' && clients.length > 1
    const name = sheetName(
      isOwn ? `By day ${clients.findIndex((one) => one.type === 'heading' && one.text === client) + 1}` : block.name,
    )
    const first = clients.length > 1 && client !== '' ? client : null
    const sheet = sheets.get(name) ?? { head: makeHead(block, first), data: [] }
    sheets.set(name, sheet)
    for (const row of block.rows) sheet.data.push(toRow(row, first, false))
    if (block.total !== null) sheet.data.push(toRow(block.total, first, true))
  }
  return [...sheets].map(([name, { head, data }]) => toSheet(name, head, data, 30))
}

function makeHead(table: DocumentTable, client: string | null): readonly string[] {
  return client === null ? table.head : ['Client', ...table.head]
}

function toRow(row: readonly DocumentCell[], client: string | null, isTotal: boolean): Row {
  const cells = client === null ? row : [client, ...row]
  return cells.map((cell) => {
    if (cell === null || cell === '') return null
    if (typeof cell === 'string') return isTotal ? bold(cell) : excelText(cell)
    const { value, format } = getNumber(cell)
    return { value, type: Number, format, ...(isTotal ? { fontWeight: 'bold' as const } : {}) }
  })
}

function getNumber(cell: Exclude<DocumentCell, string | null>): { readonly value: number; readonly format: string } {
  const { unit, value, digits = 2 } = cell
  if (unit === 'usd') return { value: toDollars(value), format: '#,##0.00' }
  if (unit === 'difference') return { value: toDollars(value), format: '+#,##0.00;-#,##0.00;0.00' }
  if (unit === 'minor')
    return { value: value / 10 ** digits, format: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}` }
  if (unit === 'permille') return { value: value / 1000, format: '0.0%' }
  return unit === 'count' ? { value, format: '#,##0' } : { value: value / 100, format: '0%' }
}

function sheetName(name: string): string {
  return name.replaceAll(/[\\/*?:[\]]/gu, ' ').slice(0, MAX_NAME)
}
