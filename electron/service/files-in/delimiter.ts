export const DELIMITERS = [',', ';', '\t'] as const

export type Delimiter = (typeof DELIMITERS)[number]

const SAMPLE_RECORDS = 50
const SAMPLE_CHARACTERS = 200_000

/**
 * The delimiter of a CSV text: the one that splits its first records into the same number of cells most often, and then
 * into the most cells. Separators inside quotes do not count (csv-parse's own detection counts them, and stops at
 * letters outside ASCII). A comma when no record is split.
 */
export function detectDelimiter(text: string): Delimiter {
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  const ranked = DELIMITERS.map((delimiter) => ({ delimiter, ...regularity(sample, delimiter) })).sort(
    (a, b) => b.share - a.share || b.cells - a.cells,
  )
  return ranked.find(({ cells }) => cells > 1)?.delimiter ?? ','
}

/**
 * Cells of the header, and the share of records that have as many; a delimiter that the header lacks does not count.
 */
function regularity(text: string, delimiter: Delimiter): { readonly share: number; readonly cells: number } {
  const counts = cellCounts(text, delimiter)
  const [header] = counts
  if (header === undefined || header === 1) return { share: 0, cells: 1 }
  return { share: counts.filter((count) => count === header).length / counts.length, cells: header }
}

/** The number of cells of each of the first non-empty records. */
function cellCounts(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = []
  let [cells, length, quoted] = [1, 0, false]
  for (let at = 0; at <= text.length && counts.length < SAMPLE_RECORDS; at += 1) {
    const character = text[at]
    if (character === '"' && (quoted || isFieldStart(text, at, delimiter))) quoted = !quoted
    else if (!quoted && (character === '\n' || character === '\r' || character === undefined)) {
      if (length > 0) counts.push(cells)
      ;[cells, length] = [1, -1]
    } else if (!quoted && character === delimiter) cells += 1
    length += 1
  }
  return counts
}

function isFieldStart(text: string, at: number, delimiter: Delimiter): boolean {
  const before = text[at - 1]
  return before === undefined || before === delimiter || before === '\n' || before === '\r'
}
