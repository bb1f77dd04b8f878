/** How a device waits before it tries again; `tries`: how often it has tried. */
export type Pause = (tries: number) => Promise<void>

/** A random pause that doubles, so that devices that meet at one position do not meet again. */
export async function pauseRandomly(tries: number): Promise<void> {
  const ms = Math.random() * 2 ** Math.min(tries, 8)
  await new Promise((resolve) => setTimeout(resolve, ms))
}
