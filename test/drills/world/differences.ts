/** Where the product and the truth differ: of each question the first time that they do, and how often. */
export interface Differences {
  /** Compares the rows of an answer with those of the truth, whatever their order. */
  compare(asked: Asked, answered: readonly Row[], expected: readonly Row[]): void
  /** One text for each question. */
  list(): string[]
}

interface Asked {
  question: string
  where: string
  /** Rows with different values of this field are compared apart. */
  apart?: string | undefined
}

/** A row of fields. */
export type Row = object

interface Difference {
  says: string
  times: number
}

const getField = (row: Row, name: string): unknown => new Map<string, unknown>(Object.entries(row)).get(name)

/** A row as one line, with its fields in one order. */
function writeRow(row: Row): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** The rows of some lines that others do not have, the smallest first. */
function findOnly(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  const only = lines.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
  return only.toSorted((a, b) => a.length - b.length)
}

export function makeDifferences(): Differences {
  const found = new Map<string, Difference>()
  const note = (question: string, where: string, answered: readonly Row[], expected: readonly Row[]): void => {
    const is = answered.map((row) => writeRow(row))
    const should = expected.map((row) => writeRow(row))
    const extra = findOnly(is, should)
    const missing = findOnly(should, is)
    if (extra.length === 0 && missing.length === 0) return
    const known = found.get(question)
    if (known !== undefined) known.times += 1
    else {
      const counts = `${extra.length} extra, ${missing.length} missing of ${expected.length}`
      const smallest = [`  extra:   ${extra[0] ?? '-'}`, `  missing: ${missing[0] ?? '-'}`]
      found.set(question, { says: [`${where}, ${question}: ${counts}`, ...smallest].join('\n'), times: 1 })
    }
  }
  return {
    compare({ question, where, apart }, answered, expected) {
      if (apart === undefined) return note(question, where, answered, expected)
      const parts = new Set([...answered, ...expected].map((row) => getField(row, apart)))
      for (const part of parts) {
        const [some, right] = [answered, expected].map((rows) => rows.filter((row) => getField(row, apart) === part))
        note(`${question}, ${String(part)}`, where, some ?? [], right ?? [])
      }
    },
    list: () => [...found.values()].map(({ says, times }) => `${says}\n  (${times} times)`),
  }
}
