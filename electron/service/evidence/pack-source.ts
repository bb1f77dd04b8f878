import { lstat, opendir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { constants } from 'node:fs'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { explained } from '../kit/paths.ts'
import { invalid } from '../kit/refusal.ts'
import { shownName } from '../../../shared/report/evidence-pack.ts'

/** The files of a pack, wherever they are. Names are looked up in `files` and never joined to a path from outside. */
export interface PackSource {
  /** Sizes in bytes. */
  readonly files: ReadonlyMap<string, number>
  /** Entries that cannot be a file of a pack: folders, links, names that appear twice. */
  readonly strange: readonly EvidenceProblem[]
  /** A file's bytes, piece by piece. A piece is overwritten by the next one. */
  readonly read: (name: string) => AsyncIterable<Uint8Array>
  readonly close: () => Promise<void>
}

export const NO_PLAIN_FILE = 'It is not a plain file, so it is not part of the pack.'

/** A pack has a couple of dozen files; a folder with more than this is something else. */
export const MOST_FILES = 1000

/** More than any pack: a million decisions take about two gigabytes. */
export const MOST_BYTES = 64 * 2 ** 30

export async function folderSource(folder: string): Promise<PackSource> {
  const files = new Map<string, number>()
  const strange: EvidenceProblem[] = []
  let seen = 0
  try {
    for await (const entry of await opendir(folder)) {
      seen += 1
      if (seen > MOST_FILES) {
        throw invalid('path', `${folder} holds more than ${MOST_FILES} files.`, 'Give the folder of the pack itself.')
      }
      // A link could lead anywhere, and reading a pipe would wait.
      const status = await lstat(join(folder, entry.name))
      if (status.isFile()) files.set(entry.name, status.size)
      else
        strange.push({
          file: shownName(entry.name),
          row: null,
          says: NO_PLAIN_FILE,
        })
    }
  } catch (error) {
    throw explained(error, folder, 'read')
  }
  return {
    files,
    strange,
    read: (name) => {
      const size = files.get(name)
      if (size === undefined) throw new RangeError(`${name} is not in the pack.`)
      return readPieces(join(folder, name), size)
    },
    close: async () => undefined,
  }
}

const PIECE = 1 << 20

/**
 * The bytes of a plain file, piece by piece, and of no link and no pipe; the next piece is read while the one before it is processed, which
 * the next one overwrites. A small file, of `size` bytes, is one piece. Throws the system's error.
 */
async function* readPieces(path: string, size: number): AsyncGenerator<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
  try {
    const piece = Math.min(PIECE, size + 1)
    let [now, next] = [Buffer.allocUnsafe(piece), Buffer.allocUnsafe(piece)]
    let length = (await file.read(now, 0, piece, null)).bytesRead
    while (length > 0) {
      const reading = file.read(next, 0, piece, null)
      try {
        yield now.subarray(0, length)
      } finally {
        length = (await reading).bytesRead
      }
      ;[now, next] = [next, now]
    }
  } finally {
    await file.close()
  }
}
