import { unzip } from './unzip.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(xml: string): string {
  return xml.replaceAll(/&(\w+);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** A text of a workbook as Excel reads it: entities first, then `_x0041_`. */
function toText(xml: string): string {
  return plain(xml).replaceAll(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** The sheets of a workbook by their names: rows of texts and numbers, null for an empty cell. */
export function toSheets(workbook: Buffer): Map<string, (string | number | null)[][]> {
  const files = unzip(workbook)
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/gu)]
  return new Map(
    names.map(([, name = ''], at) => {
      const xml = files.get(`xl/worksheets/sheet${at + 1}.xml`) ?? ''
      return [plain(name), [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gsu)].map(([, row = '']) => toCells(row))]
    }),
  )
}

const CELL = /<c ([^>]*)>(?:<v>([^<]*)<\/v>|<is><t xml:space="preserve">([^<]*)<\/t><\/is>)<\/c>/gu

function toCells(row: string): (string | number | null)[] {
  const cells: (string | number | null)[] = []
  for (const [, attributes = '', number, text = ''] of row.matchAll(CELL)) {
    const letters = /r="([A-Z]+)\d+"/u.exec(attributes)?.[1] ?? 'A'
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    while (cells.length < column) cells.push(null)
    cells.push(number === undefined ? toText(text) : Number(number))
  }
  return cells
}
