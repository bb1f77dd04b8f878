/** Work that grows with its input takes four times as long for four times as much; what grows with the square, sixteen. */
const FACTOR = 4

/**
 * How many times as long work takes for four times as much, by the processor's time and not the clock's, so that it is the
 * same on a slow or busy machine. The best of three runs counts, since a run may be delayed but never be too quick.
 */
export async function growth(work: (size: number) => unknown, size: number): Promise<number> {
  await work(size)
  const small = await best(work, size)
  const large = await best(work, size * FACTOR)
  return large / small
}

/** What linear work stays under, and work that grows with the square does not. */
export const LINEAR = 10

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
