interface ReportRow {
  readonly line: number
  readonly action: string
  readonly subject: string
  readonly detail: string
}

/** Rows of one action and one reason that are listed one by one. */
const LISTED = 3

/** The rows of a file that are reported: of many with one reason the first ones, and in one row how many more there are. */
export function sumUp<Row extends ReportRow>(rows: readonly Row[]): readonly (Row & { readonly more: number })[] {
  const groups = Map.groupBy(rows, ({ action, detail }) => `${action}\n${detail}`)
  return [...groups.values()].flatMap((group) => {
    const hidden = group.length - LISTED
    // Two rows take no more room than a row about them.
    if (hidden < 2) return group.map((row) => ({ ...row, more: 0 }))
    const [next] = group.slice(LISTED)
    const listed = group.slice(0, LISTED).map((row) => ({ ...row, more: 0 }))
    return next === undefined ? listed : [...listed, { ...next, more: hidden }]
  })
}
