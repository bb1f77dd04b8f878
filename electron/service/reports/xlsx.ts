import { toDollars } from '../../../shared/domain/text/money.ts'
import {
  type DocumentCell,
  type DocumentTable,
  isNumber,
  type NumberCell,
  type UsageDocument,
} from '../../../shared/report/usage-document.ts'
import { bold, type Cell, printWorkbook, type Sheet } from '../files-out/workbook.ts'
import { toSheet } from '../files-out/xlsx.ts'

/** Excel's limit for the name of a sheet. */
const MAX_NAME = 31

/**
 * A report as an Excel workbook, piece by piece: a sheet of its text, then one for each table. Numbers are numbers, with the
 * format of their unit; every other text is text. Throws `Refusal` INVALID when it is too large for Excel.
 */
export function printReportXlsx(document: UsageDocument): AsyncGenerator<Uint8Array> {
  return printWorkbook([toWords(document), ...toTables(document)], { what: 'report' })
}

function toWords({ title, blocks }: UsageDocument): Sheet {
  const words = blocks.flatMap((block) => (block.type === 'heading' || block.type === 'paragraph' ? [block] : []))
  return {
    name: 'About',
    headings: null,
    widths: [110],
    rows: [[bold(title)], ...words.map((word) => [word.type === 'heading' ? bold(word.text) : word.text])],
  }
}

interface TableOfClient {
  readonly table: DocumentTable
  /** In the first column of each row; null where the report is of one client. */
  readonly client: string | null
}

/** Each table by its name; of several clients, with the client's name in its first column. */
function toTables({ blocks }: UsageDocument): Sheet[] {
  const clients = blocks.filter((block) => block.type === 'heading' && block.depth === 2)
  const sheets = new Map<string, TableOfClient[]>()
  let client = ''
  for (const block of blocks) {
    if (block.type === 'heading' && block.depth === 2) client = block.text
    if (block.type !== 'table') continue
    // The days of each client have columns of their own.
    const isOwn = block.name === 'By day' && clients.length > 1
    const name = sheetName(
      isOwn ? `By day ${clients.findIndex((one) => one.type === 'heading' && one.text === client) + 1}` : block.name,
    )
    const tables = sheets.get(name) ?? []
    sheets.set(name, tables)
    tables.push({ table: block, client: clients.length > 1 && client !== '' ? client : null })
  }
  return [...sheets].map(([name, tables]) => {
    const head = tables[0] === undefined ? [] : makeHead(tables[0])
    return toSheet(name, head, toRows(tables), 30)
  })
}

function makeHead({ table, client }: TableOfClient): readonly string[] {
  return client === null ? table.head : ['Client', ...table.head]
}

function* toRows(tables: readonly TableOfClient[]): Generator<readonly Cell[]> {
  for (const { table, client } of tables) {
    for (const row of table.rows) yield toRow(row, client, false)
    if (table.total !== null) yield toRow(table.total, client, true)
  }
}

function toRow(row: readonly DocumentCell[], client: string | null, isTotal: boolean): readonly Cell[] {
  const cells = client === null ? row : [client, ...row]
  return cells.map((cell) => {
    if (cell === null || cell === '') return null
    if (!isNumber(cell)) {
      const text = typeof cell === 'string' ? cell : cell.absent
      return isTotal ? bold(text) : text
    }
    return { ...getNumber(cell), isBold: isTotal }
  })
}

function getNumber(cell: NumberCell): { readonly value: number; readonly format: string } {
  const { unit, value, digits = 2, isAtLeast = false } = cell
  if (unit === 'usd') return { value: toDollars(value), format: '#,##0.00' }
  if (unit === 'difference') return { value: toDollars(value), format: '+#,##0.00;-#,##0.00;0.00' }
  if (unit === 'minor')
    return { value: value / 10 ** digits, format: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}` }
  if (unit === 'permille') return { value: value / 1000, format: '0.0%' }
  if (unit === 'count') return { value, format: '#,##0' }
  return { value: value / 100, format: isAtLeast ? '"≥ "0%' : '0%' }
}

function sheetName(name: string): string {
  return name.replaceAll(/[\\/*?:[\]]/gu, ' ').slice(0, MAX_NAME)
}
