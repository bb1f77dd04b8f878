import { toLocalDay } from '../../../shared/domain/day.ts'
import { clientId } from '../../register/clients/slug.ts'
import { readDueJson } from '../rotation/due.ts'
import { readOnce, type ReadOnce } from './read-once.ts'

export interface DueOnce extends ReadOnce {
  /** Slug of the only client; undefined: all. */
  readonly client: string | undefined
  /** Days; undefined: every key with a due day. */
  readonly within: number | undefined
}

/** The most rows of one slice; one row is a short text. */
const SLICE = 100_000

/**
 * Passes the slices of `rotation.dueJson` to `write`, as `readOnce` does. Returns null where it does, and for a client that
 * does not exist.
 */
export function readDueOnce<T>(
  { client, within, ...opening }: DueOnce,
  write: (slices: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | null> {
  return readOnce(opening, async (reader) => {
    if (client !== undefined && clientId(reader, client) === null) return null
    const at = opening.now()
    const moment = { now: at, today: toLocalDay(at) }
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
