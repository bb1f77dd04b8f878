import { unzip } from './unzip.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(xml: string): string {
  return xml.replaceAll(/&(\w+);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** The sheets of a workbook by their names: rows of texts and numbers, null for an empty cell. */
export function toSheets(workbook: Buffer): Map<string, (string | number | null)[][]> {
  const files = unzip(workbook)
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/gu)]
  const strings = shared.map(([, text = '']) => plain(text))
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/gu)]
  return new Map(
    names.map(([, name = ''], at) => {
      const xml = files.get(`xl/worksheets/sheet${at + 1}.xml`) ?? ''
      return [plain(name), [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gsu)].map(([, row = '']) => toCells(row, strings))]
    }),
  )
}

function toCells(row: string, strings: readonly string[]): (string | number | null)[] {
  const cells: (string | number | null)[] = []
  for (const [, attributes = '', value] of row.matchAll(/<c ([^>]*?)(?:\/>|>(?:<v>([^<]*)<\/v>)?<\/c>)/gu)) {
    const letters = /r="([A-Z]+)\d+"/u.exec(attributes)?.[1] ?? 'A'
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    while (cells.length < column) cells.push(null)
    const number = Number(value)
    cells.push(value === undefined ? null : /t="s"/u.test(attributes) ? (strings[number] ?? null) : number)
  }
  return cells
}
