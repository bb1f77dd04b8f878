import { MOST_BYTES, MOST_FILES } from '../../../electron/service/evidence/pack-source.ts'
import { FILE_LIMITS, limitText, MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { USAGE_BOUNDS } from '../../../shared/domain/usage/bounds.ts'

type Limit = keyof typeof FILE_LIMITS

/** The files of the reference and the limits of each; a limit without a line here does not compile. */
const WORDS: Readonly<Record<Limit, readonly [file: string, what: string]>> = {
  bytes: ['Register, CSV, HR file', 'bytes'],
  windowBytes: ['Register, CSV, HR file', 'bytes, if it is chosen in the window'],
  lines: ['Register in Markdown', 'lines'],
  markupLines: ['Register in Markdown', 'lines of headings, fences and markup, apart from the rows of tables'],
  markupCharacters: ['Register in Markdown', 'characters of those lines'],
  markupLine: ['Register in Markdown', 'characters of a heading or a table header; longer ones are ignored'],
  markupBlock: ['Register in Markdown', 'lines of markup without a blank line or a heading between them'],
  markupRow: ['Register in Markdown', 'characters of a table row with markup in it'],
  markupSigns: ['Register in Markdown', 'signs of markup in a line'],
  markupWork: ['Register in Markdown', 'squares of the signs of markup in a line, together'],
  rows: ['CSV, HR file', 'rows; users of a SCIM list'],
  columns: ['CSV, HR file', 'columns'],
  cells: ['CSV, HR file', 'cells'],
  rowCharacters: ['CSV, HR file', 'characters of a row'],
  cellCharacters: ['Register, CSV, HR file', 'characters of a cell; the row is rejected, the others are read'],
  yamlCharacters: ['Plan, answers for a plan', 'characters'],
  yamlWords: ['Plan, answers for a plan', 'words and signs'],
  yamlDepth: ['Plan, answers for a plan', 'lists and groups inside one another'],
  providerBytes: ['File of a connection', 'bytes; the second file of usage as well'],
  providerValues: ['File of a connection', 'values'],
  providerDepth: ['File of a connection', 'lists and objects inside one another'],
  recordBytes: ['Usage records', 'bytes of a record; a file may contain any number of records'],
}

const FIXED: readonly (readonly [file: string, what: string, most: string])[] = [
  ['Usage records', 'requests of a record', limitText(USAGE_BOUNDS.requests)],
  ['Usage records', 'input, cached and output tokens of a record, each', limitText(USAGE_BOUNDS.tokens)],
  ['Usage records', 'dollars of a record (less than)', limitText(USAGE_BOUNDS.dollars)],
  ['Usage records', 'characters of a project, key, user, model or feature', limitText(USAGE_BOUNDS.word)],
  ['Usage records', 'any sum of all usage in a register', limitText(Number.MAX_SAFE_INTEGER)],
  ['Evidence pack', 'files', limitText(MOST_FILES)],
  ['Evidence pack', 'bytes, unpacked', `${MOST_BYTES / 2 ** 30} GB`],
]

/** The reference of limits, in Markdown. */
export function limitsReference(): string {
  const rows = [
    ...(Object.keys(FILE_LIMITS) as Limit[]).map((limit) => [...WORDS[limit], limitText(FILE_LIMITS[limit])] as const),
    ...FIXED,
  ].toSorted(([a], [b]) => a.localeCompare(b))
  return `# Limits of the files that are read

Every file may be hostile or the wrong one. The contents of a file are counted before and while it is read. Beyond a limit
the file is refused, with the limit that it exceeds, unless the table states otherwise, and nothing of it is written. The
first ${MOST_PROBLEMS} problems are listed.

${getTable([['File', 'What', 'At most'], ...rows])}
`
}

/** A table whose columns are as wide as their widest cell; the last contains numbers. */
function getTable(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const [head = '', ...body] = rows.map(
    (row) =>
      `| ${row.map((cell, n) => (n === 2 ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0))).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width, n) => (n === 2 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [head, rule, ...body].join('\n')
}
