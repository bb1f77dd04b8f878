import { readFile } from 'node:fs/promises'

import { Failed, Misuse } from './failure.ts'
import { shown } from './text/shown.ts'

export type Mapping = Record<string, string | null>

/** The bytes of a file that is imported. Throws `Failed` when it cannot be read. */
export async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new Failed(`The file ${path} cannot be read (${code}).`, 'Check the path and its rights.')
  }
}

/** What `--map COLUMN=FIELD` says; null where nothing was said. Throws `Misuse` for what is no field. */
export function correctionsOf(
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
