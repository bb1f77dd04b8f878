/** Work that grows with its input takes eight times as long for eight times as much; what grows with the square, 64. */
const FACTOR = 8

/** What linear work stays under, and work that grows with the square does not, whatever else the machine does. */
export const LINEAR = 24

/** What one measurement takes at least, in µs: a clock of a thread may tick each 4 ms. */
const LEAST = 12_000

/**
 * How many times as long work takes for eight times as much, by the processor's time of this thread and not the clock's, so
 * that neither another process nor a thread that collects garbage counts. A run can be delayed and never be too quick: so of
 * few, the best of three counts, and of many the first that is linear, or the best of two that are all far from it, or of six.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  let repeats = 1
  let small = await measureBest(work, size, repeats)
  // The best has to take so long, since a first run that is delayed is followed by others that the clock does not see.
  while (small < LEAST) {
    repeats *= 2
    small = await measureBest(work, size, repeats)
  }
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < (least > 2 * LINEAR ? 2 : 6) && least >= LINEAR; tries += 1) {
    least = Math.min(least, (await measure(work, size * FACTOR, repeats)) / small)
  }
  return least
}

async function measureBest(work: (size: number) => unknown, size: number, repeats: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let n = 0; n < 3 && least >= LEAST; n += 1) least = Math.min(least, await measure(work, size, repeats))
  return least
}

async function measure(work: (size: number) => unknown, size: number, repeats: number): Promise<number> {
  const before = process.threadCpuUsage()
  for (let n = 0; n < repeats; n += 1) await work(size)
  const { system, user } = process.threadCpuUsage(before)
  return system + user
}
