import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'

import { ZipFile } from 'yazl'

/** Writes a zip of entries as they are given, duplicate names included, each with its Unix mode. */
export async function newZip(
  path: string,
  entries: readonly (readonly [name: string, bytes: Uint8Array, mode?: number])[],
): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes, mode = 0o100664] of entries) zip.addBuffer(Buffer.from(bytes), name, { mode })
  zip.end()
  const bytes = await buffer(zip.outputStream)
  writeFileSync(path, bytes)
  return bytes
}

/**
 * The same bytes with a text replaced by another of the same length, everywhere: a name that no writer would accept.
 */
export function renamedInside(bytes: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(bytes)
  for (let at = changed.indexOf(from); at !== -1; at = changed.indexOf(from, at + 1)) changed.write(to, at, 'latin1')
  return changed
}
