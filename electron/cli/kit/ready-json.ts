import type { Terminal } from './terminal.ts'

/** Rows that are JSON already: objects separated by a comma and a line feed, in slices. */
export async function printReadyJson(
  terminal: Pick<Terminal, 'out'>,
  slices: AsyncIterable<Uint8Array>,
): Promise<void> {
  let first = true
  for await (const slice of slices) {
    if (slice.length === 0) continue
    await terminal.out(first ? '[\n' : ',\n')
    await terminal.out(slice)
    first = false
  }
  await terminal.out(first ? '[]\n' : '\n]\n')
}
