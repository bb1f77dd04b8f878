/** Where the product and the truth differ: of each question the first time that they do, and how often. */
export interface Differences {
  /** Compares the rows of an answer with those of the truth, whatever their order. */
  compare(question: string, where: string, answered: readonly unknown[], expected: readonly unknown[]): void
  /** One text for each question. */
  list(): string[]
}

interface Difference {
  says: string
  times: number
}

/** A row as one line, with its fields in one order. */
function writeRow(row: unknown): string {
  const fields = Object.entries(row as Record<string, unknown>)
  return JSON.stringify(Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1))))
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
  return {
    compare(question, where, answered, expected) {
      const [is, should] = [answered, expected].map((rows) => rows.map((row) => writeRow(row)))
      const extra = findOnly(is ?? [], should ?? [])
      const missing = findOnly(should ?? [], is ?? [])
      if (extra.length === 0 && missing.length === 0) return
      const known = found.get(question)
      if (known !== undefined) known.times += 1
      else {
        const counts = `${extra.length} extra, ${missing.length} missing of ${expected.length}`
        const smallest = [`  extra:   ${extra[0] ?? '-'}`, `  missing: ${missing[0] ?? '-'}`]
        found.set(question, { says: [`${where}, ${question}: ${counts}`, ...smallest].join('\n'), times: 1 })
      }
    },
    list: () => [...found.values()].map(({ says, times }) => `${says}\n  (${times} times)`),
  }
}
