import type { RegisterText } from '../../../shared/domain/text/register-formats.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { clientId } from '../../register/clients/slug.ts'
import { eachInOneState } from '../../register/read/report.ts'
import { loadPrinter, makeEdition } from '../files/text-edition.ts'
import { readOnce, type ReadOnce } from './read-once.ts'

export interface RegisterOnce extends ReadOnce {
  /** Slug of the only client; undefined: all. */
  readonly client: string | undefined
  readonly format: RegisterText
}

/**
 * Passes the pieces of the text of `files.renderRegister` to `write`, as `readOnce` does. Returns null where it does, and for a client
 * that does not exist.
 */
export function readRegisterOnce<T>(
  { client, format, ...opening }: RegisterOnce,
  write: (pieces: Iterable<string>) => Promise<T>,
): Promise<T | null> {
  return readOnce(opening, async (reader) => {
    if (client !== undefined && clientId(reader, client) === null) return null
    const print = await loadPrinter(format)
    const now = opening.now()
    const moment = { now, today: toLocalDay(now) }
    return write(eachInOneState(reader, () => print(makeEdition(reader, { client }, format, moment, () => undefined))))
  })
}
