import { createReadStream } from 'node:fs'

import { FILE_LIMITS, limitText } from '../../../shared/domain/file-limits.ts'
import { explained } from '../../service/kit/paths.ts'
import { Failed, Misuse } from './failure.ts'
import { shown } from './text/shown.ts'

export type Mapping = Record<string, string | null>

/** The bytes of a file to import. Throws `Failed` when it cannot be read or is larger than the limit. */
export async function readContent(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const pieces: Buffer[] = []
    let size = 0
    // In chunks: a device or a pipe has no size, and may have no end.
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      size += piece.byteLength
      if (size > FILE_LIMITS.bytes) {
        throw new Failed(
          `The file ${path} is larger than ${limitText(FILE_LIMITS.bytes)}.`,
          'Leave out what does not belong in it, or split it.',
        )
      }
      pieces.push(piece)
    }
    return new Uint8Array(Buffer.concat(pieces))
  } catch (error) {
    if (error instanceof Failed) throw error
    throw explained(error, path, 'read')
  }
}

/** The mapping of `--map COLUMN=FIELD`; null without the option. Throws `Misuse` for an unknown field. */
export function parseCorrections(
  map: readonly string[] | undefined,
  fields: readonly string[],
  what: string,
): Mapping | null {
  if (map === undefined) return null
  return Object.fromEntries(
    map.map((text) => {
      const at = text.lastIndexOf('=')
      const field = text.slice(at + 1)
      if (at < 1 || (field !== '' && !fields.includes(field))) {
        throw new Misuse(
          `--map ${shown(text)} names no field of ${what}.`,
          `Write COLUMN=FIELD, with one of: ${fields.join(', ')}`,
        )
      }
      return [text.slice(0, at), field === '' ? null : field]
    }),
  )
}

/** Throws `Misuse` for a correction of a column that the file does not have. */
export function checkColumns(corrections: Mapping, columns: readonly string[]): void {
  const stranger = Object.keys(corrections).find((column) => !columns.includes(column))
  if (stranger === undefined) return
  throw new Misuse(
    `The file has no column ${shown(stranger)}.`,
    `Its columns are: ${columns.map((column) => shown(column)).join(', ')}`,
  )
}
