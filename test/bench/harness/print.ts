import { getGrowthTable } from './growth-table.ts'
import type { Result, Run } from './report.ts'
import { getTable, toOutcome } from './table.ts'
import { getTargetsTable } from './targets-table.ts'

/** The whole page of a run, `docs/bench.md`: the promises first, then each bench. */
export function printRun(run: Run): string {
  return [
    '# Figures',
    '',
    'What `npm run bench` measured in one run on one machine; run it to see yours. `--only NAME` runs one part, `--quick` a tenth of the',
    'size, `--guard` compares with this run, `--accept` writes this page. “Misses” and “loses” are where we are behind.',
    '[What bounds the slowest](bench-bounds.md) states what was tried.',
    '',
    ...run.machine,
    '',
    '## Targets',
    '',
    getTargetsTable(run),
    '',
    '## Growth',
    '',
    'The last column is what the figure is multiplied by when the size doubles: × 1 does not grow, × 2 grows in proportion.',
    '',
    getGrowthTable(run),
    ...run.results.flatMap(printResult),
    '',
  ].join('\n')
}

/** One bench as Markdown: the table, what is missing, what to know, and where we lose. */
export function printResult({ name, about, at, load, seconds, report, failed }: Result): readonly string[] {
  const behind = report.rows.filter((row) => /loses|misses/u.test(toOutcome(row)))
  const lines = ['', `## ${name}: ${about}`, '']
  if (failed !== undefined) return [...lines, `**Not measured**: ${failed}`]
  return [
    ...lines,
    getTable(report.rows),
    '',
    `- Measured ${at.replace('T', ' ')} UTC in ${seconds.toFixed(0)} s; load of the machine in the minute before: ${load.toFixed(1)}.`,
    ...report.notes.map((note) => `- ${note}`),
    ...report.missing.map(
      ({ name: program, install }) => `- Not compared with \`${program}\`, which is not installed: \`${install}\`.`,
    ),
    behind.length === 0
      ? '- No row loses or misses what is promised.'
      : `- Behind: ${behind.map((row) => `${row.what}${row.peer === undefined ? '' : ` (\`${row.peer.name}\`)`}`).join('; ')}.`,
  ]
}
