/**
 * Runs `one` for every item, at most `width` at a time. After a first failure no further item is begun; those under way
 * are awaited, then the first failure is thrown.
 */
export async function forEach<T>(items: readonly T[], width: number, one: (item: T) => Promise<void>): Promise<void> {
  let at = 0
  let failed = false
  async function worker(): Promise<void> {
    while (at < items.length && !failed) {
      const item = items[at++] as T
      try {
        await one(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
