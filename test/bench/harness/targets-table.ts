import { TARGETS, type TargetId } from '../targets.ts'
import type { Row, Run } from './report.ts'
import { ratioText, sampleText, targetText, toPromise, toTable, toTimes } from './table.ts'

const HEADER = ['work', 'target', 'ours', 'peer in the same run', 'ratio', 'outcome'] as const

/** All promises with what a run measured of them, as a Markdown table. */
export function getTargetsTable(run: Run): string {
  const rows = run.results.flatMap(({ report }) => report.rows)
  return toTable(
    HEADER,
    Object.entries(TARGETS).map(([id, target]) => {
      const row = findWorst(rows.filter((each) => each.target === (id as TargetId)))
      if (row === null) return [target.work, targetText(target), '–', '–', '–', '**not measured**']
      return [
        target.work,
        targetText(target),
        sampleText(row.ours, row.unit),
        row.peer === undefined ? '–' : `\`${row.peer.name}\`, ${sampleText(row.peer.sample, row.unit)}`,
        ratioText(row),
        toPromise(row)?.isKept === true ? 'met' : '**missed**',
      ]
    }),
  )
}

function findWorst(rows: readonly Row[]): Row | null {
  const measure = (row: Row): number => toTimes(row) ?? row.ours.median
  return rows.toSorted((a, b) => measure(b) - measure(a))[0] ?? null
}
