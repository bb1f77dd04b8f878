const MEBIBYTE = 1024 * 1024

/**
 * The limits of a file that Castellan reads; a file beyond one is refused, with the limit that it exceeds. They are far
 * above the size of any organization, and low enough to read a file within seconds in bounded memory. `docs/limits.md`
 * lists them.
 */
export const FILE_LIMITS = {
  /** Bytes of a register in Markdown, a CSV file or an HR file. */
  bytes: 100 * MEBIBYTE,
  /** The limit of a file that is chosen in the window, which passes it in one piece. */
  windowBytes: 64 * MEBIBYTE,
  /** Lines of a register in Markdown. */
  lines: 1_000_000,
  /**
   * Lines of headings, fences and markup in a register in Markdown, apart from the rows of its tables; and their
   * characters.
   */
  markupLines: 20_000,
  markupCharacters: 1_000_000,
  /** Characters of a heading or a table's header in Markdown, and of a row with markup in it. */
  markupLine: 1_000,
  /** Lines of markup without a blank line or a heading between them. */
  markupBlock: 1_000,
  markupRow: 20_000,
  /** Signs of markup in one line, and the sum of their squares in a file: what the library does grows with the square. */
  markupSigns: 500,
  markupWork: 4_000_000,
  /** Of a CSV file or an HR file. */
  rows: 500_000,
  columns: 1_000,
  cells: 20_000_000,
  rowCharacters: 1_000_000,
  cellCharacters: 100_000,
  /** Of a plan in YAML, or of answers to its questions; words are names, values and the signs between them. */
  yamlCharacters: 5_000_000,
  yamlWords: 400_000,
  yamlDepth: 50,
  /** Bytes of the file of a connection, and of its file of usage. */
  providerBytes: 64 * MEBIBYTE,
  /** Values in it, and lists or objects inside one another. */
  providerValues: 5_000_000,
  providerDepth: 20,
  /** Bytes of one usage record; a file may contain any number of records. */
  recordBytes: MEBIBYTE,
} as const

/** Problems of one file, plan or register that are listed; further ones are only counted. */
export const MOST_PROBLEMS = 100

/** A limit as people read it: `500,000`. */
export function limitText(limit: number): string {
  return limit % MEBIBYTE === 0 ? `${limit / MEBIBYTE} MB` : limit.toLocaleString('en')
}
