import { Readable } from 'node:stream'

import { ZipFile } from 'yazl'

import { counted } from '../../../shared/domain/counted.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import { invalid } from '../kit/refusal.ts'

/** Excel's own limits for a sheet and for the text of a cell. */
const MAX_ROWS = 1_048_576
const MAX_TEXT = 32_767

/** A number or a text with a format of its own. `format` is Excel's, such as `yyyy-mm-dd`. */
export interface StyledCell {
  readonly value: string | number
  readonly format?: string
  readonly isBold?: boolean
}

/** Null for an empty cell. */
export type Cell = string | number | StyledCell | null

export interface Sheet {
  /** As Excel allows it: at most 31 characters, none of `\\ / * ? : [ ]`. */
  readonly name: string
  /** The first row, which stays in view; null for a sheet without one. */
  readonly headings: readonly string[] | null
  /** Of the columns, in characters. */
  readonly widths: readonly number[]
  /** Read once, row by row, while the file is written. */
  readonly rows: Iterable<readonly Cell[]>
}

interface WorkbookOptions {
  /** The thing that is too large, for the refusal: `register`. */
  readonly what: string
  /** By default what Excel holds. */
  readonly maxRows?: number
}

/**
 * An Excel workbook (ECMA-376, part 1), piece by piece: no more than some rows of a sheet are in memory. Numbers are
 * numbers, every text is text, and nothing is a formula. Equal sheets have equal bytes. Throws `Refusal` INVALID for a
 * sheet of more rows than Excel holds.
 */
export async function* printWorkbook(sheets: readonly Sheet[], options: WorkbookOptions): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const styles = newStyles()
  const out = Readable.from(zip.outputStream as AsyncIterable<Uint8Array>)
  // A failed part ends the file with its error; the zip itself would wait for the part.
  const fail = (error: Error): void => void out.destroy(error)
  const add = (path: string, pieces: () => Iterable<string>): void => {
    zip.addReadStreamLazy(path, ENTRY, (give) => {
      const stream = Readable.from(inBytes(pieces()), { objectMode: false })
      stream.on('error', fail)
      give(null, stream)
    })
  }
  zip.on('error', fail)
  add('[Content_Types].xml', () => [contentTypes(sheets.length)])
  add('_rels/.rels', () => [
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ])
  add('xl/workbook.xml', () => [
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
      .map(({ name }, at) => `<sheet name="${attribute(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
  ])
  add('xl/_rels/workbook.xml.rels', () => [relationships(sheets.length)])
  for (const [at, sheet] of sheets.entries())
    add(`xl/worksheets/sheet${at + 1}.xml`, () => printSheet(sheet, styles, options))
  // Last, since the sheets name the styles that they use.
  add('xl/styles.xml', () => [styles.print()])
  zip.end()
  yield* out
}

/** A constant time, so that the same sheets have the same bytes. */
const ENTRY = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compressionLevel: 3 } as const

const PIECE = 1 << 17

/** Combines texts, since compressing each alone would take far longer. */
function* inBytes(texts: Iterable<string>): Generator<Uint8Array> {
  let text = ''
  for (const more of texts) {
    text += more
    if (text.length < PIECE) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function contentTypes(sheets: number): string {
  const parts = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...Array.from({ length: sheets }, (_, at) => [`/xl/worksheets/sheet${at + 1}.xml`, 'worksheet']),
  ]
  const overrides = parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${TYPE}.${type}+xml"/>`)
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${overrides.join('')}</Types>`
}

function relationships(sheets: number): string {
  const parts = [
    ...Array.from({ length: sheets }, (_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
    ['styles', 'styles.xml'],
  ]
  const lines = parts.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`
}

function* printSheet(
  { headings, widths, rows }: Sheet,
  styles: Styles,
  { what, maxRows = MAX_ROWS }: WorkbookOptions,
): Generator<string> {
  const view =
    headings === null
      ? ''
      : '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${view}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
  const print = newRowPrinter(styles)
  let count = 0
  if (headings !== null) yield print(headings.map(bold), ++count)
  for (const row of rows) {
    // The rest is only counted, for the message.
    if (++count <= maxRows) yield print(row, count)
  }
  if (count > maxRows) {
    throw invalid(
      'format',
      `A sheet of Excel holds ${counted(maxRows, 'row')}, and this ${what} needs ${count}.`,
      'Export CSV, or one client at a time.',
    )
  }
  yield '</sheetData></worksheet>'
}

export function bold(text: string): StyledCell {
  return { value: text, isBold: true }
}

/** How many texts a sheet remembers with their markup; most texts of a register are in many rows. */
const KEPT = 4096

function newRowPrinter(styles: Styles): (cells: readonly Cell[], row: number) => string {
  let known = new Map<string, string>()
  const content = (text: string): string => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = `<is><t xml:space="preserve">${markup(excelText(text))}</t></is></c>`
    if (known.size === KEPT) known = new Map()
    known.set(text, made)
    return made
  }
  const columns: string[] = []
  return (cells, row) => {
    let text = `<row r="${row}">`
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at]
      if (cell === null || cell === undefined || cell === '') continue
      const isStyled = typeof cell === 'object'
      const value = isStyled ? cell.value : cell
      const style = isStyled ? ` s="${styles.find(cell)}"` : ''
      text += `<c r="${(columns[at] ??= columnName(at))}${row}"${style}`
      text += typeof value === 'number' ? `><v>${value}</v></c>` : ` t="inlineStr">${content(value)}`
    }
    return `${text}</row>`
  }
}

/** `A` for 0, `AA` for 26. */
function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last
}

interface Styles {
  /** The number of a cell's style. */
  readonly find: (cell: StyledCell) => number
  readonly print: () => string
}

/** Excel's numbers of formats below it are its own. */
const FIRST_FORMAT = 164

function newStyles(): Styles {
  const formats: string[] = []
  const known = new Map<string, number>()
  const found = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
  const make = (format: string | undefined, isBold: boolean): string => {
    const at = format === undefined ? -1 : formats.indexOf(format)
    const number = format === undefined ? 0 : FIRST_FORMAT + (at >= 0 ? at : formats.push(format) - 1)
    return `<xf numFmtId="${number}" fontId="${isBold ? 1 : 0}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`
  }
  return {
    find: ({ format, isBold = false }) => {
      const name = `${isBold}${format ?? ''}`
      const style = known.get(name) ?? found.push(make(format, isBold)) - 1
      known.set(name, style)
      return style
    },
    print: () => {
      const numbers = formats.map(
        (code, at) => `<numFmt numFmtId="${FIRST_FORMAT + at}" formatCode="${attribute(code)}"/>`,
      )
      const listed = numbers.length === 0 ? '' : `<numFmts count="${numbers.length}">${numbers.join('')}</numFmts>`
      const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
      return (
        `${XML}<styleSheet xmlns="${MAIN}">${listed}<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        `<cellXfs count="${found.length}">${found.join('')}</cellXfs>` +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
      )
    },
  }
}

const ORDINARY = /^[\x20-\x7e]*$/u

/**
 * Excel does not show invisible characters, so they are written as their names. It knows line feeds only, and reads
 * `_x0041_` as a character's code.
 */
export function excelText(text: string): string {
  const plain =
    ORDINARY.test(text) && !looksSecret(text) ? text : plainText(text).replaceAll(/\r\n?/gu, '\n').toWellFormed()
  const lines = plain.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
  return lines.length > MAX_TEXT ? `${lines.slice(0, MAX_TEXT - 1).toWellFormed()}…` : lines
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function markup(text: string): string {
  return text.replaceAll(/[&<>]/gu, (sign) => ENTITIES[sign] ?? sign)
}

/** The text of an attribute in double quotes. */
function attribute(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (sign) => ENTITIES[sign] ?? sign)
}
