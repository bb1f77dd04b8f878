/** The times of several runs of the same work. All in milliseconds unless the row states another unit. */
export interface Sample {
  readonly median: number
  readonly low: number
  readonly high: number
  /** Between the first and the third quarter: what most runs took. */
  readonly middle: readonly [number, number]
  readonly runs: number
}

export function toSample(values: readonly number[]): Sample {
  if (values.length === 0) throw new RangeError('A sample needs at least one value.')
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0),
    high: quantile(sorted, 1),
    middle: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
    runs: sorted.length,
  }
}

/** By linear interpolation between the two nearest values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** One thing to run; gives its time, or the time it measured itself. */
export type Attempt = () => Promise<number>

/**
 * Runs all attempts in turn, again and again, so that whatever else the machine does falls on all of them alike. The
 * first round warms the file cache and is not counted.
 */
export async function race<K extends string>(
  attempts: Readonly<Record<K, Attempt>>,
  runs: number,
): Promise<Record<K, Sample>> {
  const entries = Object.entries<Attempt>(attempts)
  const values = new Map<string, number[]>(entries.map(([name]) => [name, []]))
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, attempt] of entries) {
      const ms = await attempt()
      if (round > 0) values.get(name)?.push(ms)
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, toSample(values.get(name) ?? [])])) as Record<K, Sample>
}

/** The time that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}
