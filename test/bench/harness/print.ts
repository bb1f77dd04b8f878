import type { Bench, Report } from './report.ts'
import { toOutcome, getTable } from './table.ts'

/** A report as Markdown: the table, what is missing, what to know, and where we lose. */
export function printReport(bench: Pick<Bench, 'name' | 'about'>, report: Report): readonly string[] {
  const behind = report.rows.filter((row) => /loses|misses/u.test(toOutcome(row)))
  return [
    '',
    `## ${bench.name}: ${bench.about}`,
    '',
    getTable(report.rows),
    '',
    ...report.notes.map((note) => `- ${note}`),
    ...report.missing.map(
      ({ name, install }) => `- Not compared with \`${name}\`, which is not installed: \`${install}\`.`,
    ),
    behind.length === 0
      ? '- No row loses or misses what is promised.'
      : `- Behind: ${behind.map((row) => `${row.what}${row.peer === undefined ? '' : ` (\`${row.peer.name}\`)`}`).join('; ')}.`,
  ]
}
