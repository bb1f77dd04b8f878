/**
 * One table of results: a line for each package or other subject, a column for each check. A cell is `ok`, `FAILED` or `-` for what
 * does not apply; after the table, each failure with its reason.
 * @param {{ subject: string, check: string, problems: string[] | null }[]} results
 */
export function toTable(results) {
  const subjects = [...new Set(results.map(({ subject }) => subject))]
  const checks = [...new Set(results.map(({ check }) => check))]
  const cell = (subject, check) => {
    const found = results.find((each) => each.subject === subject && each.check === check)
    if (found === undefined || found.problems === null) return '-'
    return found.problems.length === 0 ? 'ok' : 'FAILED'
  }
  const rows = [
    ['', ...checks],
    ...subjects.map((subject) => [subject, ...checks.map((check) => cell(subject, check))]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
  const failures = results.flatMap(({ subject, check, problems }) =>
    (problems ?? []).map((problem) => `FAILED  ${subject}, ${check}: ${problem}`),
  )
  return [...lines, ...(failures.length === 0 ? [] : ['', ...failures])].join('\n')
}
