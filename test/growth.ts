/** Work that grows with its input takes eight times as long for eight times as much; what grows with the square, 64. */
const FACTOR = 8

/** What linear work stays under, and work that grows with the square does not, whatever else the machine does. */
export const LINEAR = 24

/**
 * How many times as long work takes for eight times as much, by the processor's time and not the clock's. A run can be
 * delayed, by a collection of garbage above all, and never be too quick: so the best of several counts, and where that is
 * not linear, the best of another try.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  await work(size)
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 3 && least >= LINEAR; tries += 1) {
    const small = await best(work, size)
    least = Math.min(least, (await best(work, size * FACTOR)) / small)
  }
  return least
}

async function best(work: (size: number) => unknown, size: number): Promise<number> {
  const times = []
  for (let n = 0; n < 3; n += 1) {
    const before = process.cpuUsage()
    await work(size)
    const { system, user } = process.cpuUsage(before)
    times.push(system + user)
  }
  return Math.min(...times)
}
