import { createHash } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'

import { createPrivateFolder, placeNew, syncFolder } from '../../files/private-file.ts'
import { explained } from '../kit/paths.ts'
import type { FileTarget } from './target.ts'
import { newTemporary } from '../../files/temporary.ts'

/** A complete file, flushed to the disk, under another name beside its target. `sha256` is in hex. */
export interface StagedFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Gives it its name, in one step. If it throws `Refusal`, it leaves nothing behind. */
  place(): void
  discard(): void
}

/**
 * Writes a file piece by piece and atomically: into a temporary file beside the target, flushed to the disk, until
 * `place` renames it. The file is this user's alone (0600); a file that is replaced keeps its permissions, since its
 * owner set them. Throws `Refusal` INVALID with the path and what to do, and leaves the earlier file as it was.
 */
export function stageFile({ path, replaced }: FileTarget, pieces: Iterable<string | Uint8Array>): StagedFile {
  const temporary = newTemporary(dirname(path), basename(path))
  const discard = (): void => {
    rmSync(temporary.path, { force: true })
    temporary.done()
  }
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      discard()
      throw explained(error, path, 'write')
    }
  }
  const written = orDiscard(() => {
    createPrivateFolder(dirname(path))
    return writePieces(temporary.path, replaced, pieces)
  })
  const place = (): void =>
    orDiscard(() => {
      if (replaced === null) placeNew(temporary.path, path)
      else renameSync(temporary.path, path)
      temporary.done()
      syncFolder(dirname(path))
    })
  return { path, ...written, place, discard }
}

const WRITE_SIZE = 1 << 18

function writePieces(
  path: string,
  mode: number | null,
  pieces: Iterable<string | Uint8Array>,
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256')
  let bytes = 0
  const file = openSync(path, 'wx', 0o600)
  try {
    if (mode !== null) fchmodSync(file, mode)
    for (const chunk of splitChunks(pieces)) {
      hash.update(chunk)
      bytes += chunk.byteLength
      for (let done = 0; done < chunk.byteLength;) done += writeSync(file, chunk, done)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Combines small pieces, so that there are few disk writes. */
function* splitChunks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece
      if (text.length < WRITE_SIZE) continue
    }
    if (text !== '') yield Buffer.from(text)
    text = ''
    if (typeof piece !== 'string') yield piece
  }
  if (text !== '') yield Buffer.from(text)
}
