import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  accessSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'

import { invalid, type Refusal } from '../refusal.ts'

export interface StageFile {
  /** Absolute, or relative to the working directory. */
  readonly path: string
  /** A file that must not be replaced by an export: the register itself. */
  readonly register: string
  readonly pieces: Iterable<string | Uint8Array>
}

/** A file whose content is safely on the disk, under another name beside its target. `sha256` is in hex. */
export interface StagedFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Gives it its name, in one step, over whatever was there. Throws `Refusal`, and leaves nothing behind then. */
  place(): void
  discard(): void
}

/**
 * Writes a file piece by piece, so that it appears whole or not at all: into a temporary file beside the target, flushed
 * to the disk, until `place` renames it. A symbolic link is followed; the permissions of a file that is replaced stay.
 * Throws `Refusal` INVALID, naming the path and the remedy, and leaves what was there before.
 */
export function stageFile(request: StageFile): StagedFile {
  const target = targetOf(request)
  const { path } = target
  const mark = randomBytes(6).toString('hex')
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${mark}.part`)
  const discard = (): void => rmSync(temporary, { force: true })
  const orDiscard = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      discard()
      throw explained(error, path)
    }
  }
  const written = orDiscard(() => writePieces(temporary, target.replaced?.mode ?? null, request.pieces))
  const place = (): void =>
    orDiscard(() => {
      renameSync(temporary, path)
      flushFolder(dirname(path))
    })
  return { path, ...written, place, discard }
}

function targetOf(request: StageFile): { readonly path: string; readonly replaced: Stats | null } {
  const asked = isAbsolute(request.path) ? request.path : resolve(request.path)
  try {
    const replaced = statSync(asked, { throwIfNoEntry: false }) ?? null
    const path = replaced === null ? join(realpathSync(dirname(asked)), basename(asked)) : realpathSync(asked)
    if (replaced !== null && !replaced.isFile()) {
      const what = replaced.isDirectory() ? 'a folder' : 'not a file'
      throw invalid('path', `${asked} is ${what}.`, 'Give the name of a file, such as register.md in that folder.')
    }
    // SQLite keeps its journal files beside the register, with its name and more.
    if (request.register !== ':memory:' && path.startsWith(realpathSync(request.register))) {
      throw invalid('path', `${asked} is the register itself.`, 'Export to another file.')
    }
    // Renaming would replace even a file that its owner protected.
    if (replaced !== null) accessSync(path, constants.W_OK)
    return { path, replaced }
  } catch (error) {
    throw explained(error, asked)
  }
}

const WRITE_SIZE = 1 << 18

function writePieces(
  path: string,
  mode: number | null,
  pieces: Iterable<string | Uint8Array>,
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256')
  let bytes = 0
  const file = openSync(path, 'wx', 0o666)
  try {
    if (mode !== null) fchmodSync(file, mode & 0o777)
    for (const chunk of chunksOf(pieces)) {
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

/** Small pieces together, so that the disk is asked seldom. */
function* chunksOf(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
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

/** So that the new name survives a power cut too. Windows cannot open a folder, and need not. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const REASONS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ['cannot be written: its folder does not exist', 'Make the folder, or choose another one.'],
  ENOTDIR: ['cannot be written: a part of the path is a file, not a folder', 'Choose a path through folders only.'],
  EACCES: ['cannot be written: no permission', 'Choose a folder that you may write to.'],
  EPERM: ['cannot be written: no permission', 'Close the file in other programs, or choose another folder.'],
  EROFS: ['cannot be written: the disk is read-only', 'Choose a folder on another disk.'],
  ENOSPC: ['was not written: the disk is full', 'Free some space and export again; what was there before is unharmed.'],
  EDQUOT: ['was not written: the disk quota is used up', 'Free some space and export again.'],
  ENOTEMPTY: ['was not written: something else took its name meanwhile', 'Export again, or choose another folder.'],
  EEXIST: ['was not written: something else took its name meanwhile', 'Export again, or choose another folder.'],
  EISDIR: ['is a folder', 'Give the name of a file.'],
  ENAMETOOLONG: ['cannot be written: the name is too long', 'Choose a shorter name.'],
  EBUSY: ['cannot be written: another program uses it', 'Close it there, and export again.'],
}

/** An error of the file system as a `Refusal` that names the path; any other as it is. */
export function explained(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = REASONS[code]
  return reason ? refused(path, reason, error) : error
}

function refused(path: string, [what, hint]: readonly [string, string], cause: unknown): Refusal {
  const refusal = invalid('path', `${path} ${what}.`, hint)
  refusal.cause = cause
  return refusal
}
