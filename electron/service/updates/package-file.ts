import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

import type { UpdatePackage } from '../../../shared/contract/updates.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { UpdateRefused } from './refused.ts'

const AGAIN = 'Do not install it. Download it again; if that does not help, report it to the publisher of the release.'

/**
 * Compares a file with what the description has about it, size first. Throws `UpdateRefused` where they differ, and
 * `ENOENT` without a file.
 */
export async function verifyPackage(path: string, { name, bytes, sha512 }: UpdatePackage): Promise<void> {
  const { size } = await stat(path)
  if (size !== bytes) {
    const is = size < bytes ? 'is truncated' : 'is too long'
    throw new UpdateRefused(
      `${name} ${is}: it has ${counted(size, 'byte')}, and its signed description has ${counted(bytes, 'byte')}.`,
      AGAIN,
    )
  }
  if ((await hashFile(path)) !== sha512) {
    throw new UpdateRefused(`${name} was changed: its SHA-512 is not the one of its signed description.`, AGAIN)
  }
}

/** SHA-512 of a file, in hex. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path, { highWaterMark: 1_048_576 }), hash)
  return hash.digest('hex')
}
