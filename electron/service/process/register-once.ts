import type { RegisterText } from '../../../shared/domain/text/register-formats.ts'
import { eachInOneState } from '../../register/read/report.ts'
import { loadPrinter, makeEdition } from '../files/text-edition.ts'
import { readOnce, type ReadOnce } from './read-once.ts'

export interface RegisterOnce extends ReadOnce {
  readonly format: RegisterText
}

/** Passes the pieces of the text of `files.renderRegister` to `write`. Returns null where `readOnce` does. */
export function readRegisterOnce<T>(
  { format, ...opening }: RegisterOnce,
  write: (pieces: Iterable<string>) => Promise<T>,
): Promise<T | null> {
  const { client } = opening
  return readOnce(opening, async (reader, moment) => {
    const print = await loadPrinter(format)
    return write(eachInOneState(reader, () => print(makeEdition(reader, { client }, format, moment, () => undefined))))
  })
}
