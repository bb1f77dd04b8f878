import { createHash } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'

import { createPrivateFolder, placeNew, syncFolder } from '../../files/private-file.ts'
import { explained } from '../kit/paths.ts'
import type { FileTarget } from './target.ts'
import { newTemporary } from '../../files/temporary.ts'

/** The written part of a file. `sha256` is in hex. */
export interface FileDigest {
  readonly bytes: number
  readonly sha256: string
}

/** A complete file, flushed to the disk, under another name beside its target. */
export interface StagedFile extends FileDigest {
  readonly path: string
  /** Gives it its name, in one step. If it throws `Refusal`, it leaves nothing behind. */
  place(): void
  discard(): void
}

/**
 * Writes a file piece by piece and atomically: into a temporary file beside the target, flushed to the disk, until
 * `place` renames it. The file is this user's alone (0600); a file that is replaced keeps its permissions, since its
 * owner set them. Throws `Refusal` INVALID with the path and what to do, and leaves the earlier file as it was.
 */
export function stageFile(target: FileTarget, pieces: Iterable<string | Uint8Array>): StagedFile {
  const { draft, orDiscard, staged } = newStaged(target)
  return staged(orDiscard(() => writePieces(draft, pieces)))
}

/** Stages a file whose draft is filled by `writePieces` or `writeDraft`, here or in a thread. */
export async function stageDraft(target: FileTarget, fill: (draft: Draft) => Promise<FileDigest>): Promise<StagedFile> {
  const { draft, fail, staged } = newStaged(target)
  try {
    return staged(await fill(draft))
  } catch (error) {
    throw fail(error)
  }
}

/** A file that does not exist yet, and the permissions of the one that it replaces; null where it replaces none. */
export interface Draft {
  readonly path: string
  readonly mode: number | null
}

function newStaged({ path, replaced }: FileTarget) {
  const temporary = newTemporary(dirname(path), basename(path))
  const discard = (): void => {
    rmSync(temporary.path, { force: true })
    temporary.done()
  }
  const fail = (error: unknown): unknown => {
    discard()
    return explained(error, path, 'write')
  }
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw fail(error)
    }
  }
  const place = (): void =>
    orDiscard(() => {
      if (replaced === null) placeNew(temporary.path, path)
      else renameSync(temporary.path, path)
      temporary.done()
      syncFolder(dirname(path))
    })
  orDiscard(() => createPrivateFolder(dirname(path)))
  return {
    draft: { path: temporary.path, mode: replaced },
    fail,
    orDiscard,
    staged: (written: FileDigest): StagedFile => ({ path, ...written, place, discard }),
  }
}

const WRITE_SIZE = 1 << 18

/** Fills a draft with pieces. Throws the errors of the file system as they are. */
export function writePieces(draft: Draft, pieces: Iterable<string | Uint8Array>): FileDigest {
  const file = openDraft(draft)
  try {
    for (const chunk of splitChunks(pieces)) file.write(chunk)
    return file.end()
  } finally {
    file.close()
  }
}

/** Fills a draft with pieces that are made while others are written. */
export async function writeDraft(draft: Draft, pieces: AsyncIterable<Uint8Array>): Promise<FileDigest> {
  const file = openDraft(draft)
  try {
    for await (const chunk of pieces) file.write(chunk)
    return file.end()
  } finally {
    file.close()
  }
}

function openDraft({ path, mode }: Draft) {
  const hash = createHash('sha256')
  let bytes = 0
  const file = openSync(path, 'wx', 0o600)
  const close = (): void => closeSync(file)
  try {
    if (mode !== null) fchmodSync(file, mode)
  } catch (error) {
    close()
    throw error
  }
  return {
    write: (chunk: Uint8Array): void => {
      hash.update(chunk)
      bytes += chunk.byteLength
      for (let done = 0; done < chunk.byteLength;) done += writeSync(file, chunk, done)
    },
    /** Flushes it to the disk. */
    end: (): FileDigest => {
      fsyncSync(file)
      return { bytes, sha256: hash.digest('hex') }
    },
    close,
  }
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
