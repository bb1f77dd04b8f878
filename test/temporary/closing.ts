interface Closable {
  close(): unknown
}

interface Opened {
  readonly it: Closable
  readonly check: () => void
}

const open: Opened[] = []

/**
 * Closes what a helper opened when the present test ends, after `check`, which may find that the test left it wrong.
 * Helpers set no hooks of their own: files that share a process load a helper once, so its hooks would be those of the
 * first file only.
 */
export function closeAfterTest<T extends Closable>(it: T, check: () => void = () => undefined): T {
  open.push({ it, check })
  return it
}

/** The last opened first, since it may rest on those before. Throws the first thing that a check found. */
export async function closeOpened(): Promise<void> {
  const found: unknown[] = []
  for (const { it, check } of open.splice(0).toReversed()) {
    try {
      check()
    } catch (error) {
      found.push(error)
    }
    await it.close()
  }
  if (found.length > 0) throw found[0]
}
