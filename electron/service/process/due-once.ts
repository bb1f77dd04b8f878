import { readDueJson } from '../rotation/due.ts'
import { readOnce, type ReadOnce } from './read-once.ts'

export interface DueOnce extends ReadOnce {
  /** Days; undefined: every key with a due day. */
  readonly within: number | undefined
}

/** The most rows of one slice; one row is a short text. */
const SLICE = 100_000

/** Passes the slices of `rotation.dueJson` to `write`. Returns null where `readOnce` does. */
export function readDueOnce<T>(
  { within, ...opening }: DueOnce,
  write: (slices: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | null> {
  const { client } = opening
  return readOnce(opening, async (reader, moment) => {
    async function* slices(): AsyncGenerator<Uint8Array> {
      for (let offset = 0; ; offset += SLICE) {
        const { rows, json } = readDueJson(reader, { client, within, offset, limit: SLICE }, moment)
        yield json
        if (rows < SLICE) return
      }
    }
    return write(slices())
  })
}
