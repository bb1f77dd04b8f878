import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'

import { newTemporary } from './temporary.ts'

/** Creates a folder, and what is missing above it, for this user alone (0700; Windows: by the rights it inherits). */
export function createPrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * Creates a file of this user alone (0600) and returns once it is on the disk. Throws `EEXIST`, changing nothing, when
 * the path is taken. The file appears whole or not at all, so a power cut never leaves half a key (file systems without
 * hard links excepted).
 */
export function createPrivateFile(path: string, text: string): void {
  withDraft(path, text, (draft) => placeNew(draft, path))
}

/**
 * Renames a file to a name that must be free. Throws `EEXIST` otherwise, in one step, and leaves both files as they
 * are.
 */
export function placeNew(draft: string, path: string): void {
  try {
    // Unlike a rename, a link refuses to replace what is there.
    linkSync(draft, path)
    rmSync(draft)
  } catch (error) {
    if (!isLinkUnsupported(error)) throw error
    // The name is reserved first; this process then replaces its own empty file.
    closeSync(openSync(path, 'wx', 0o600))
    renameSync(draft, path)
  }
}

/** Renames a folder to a name that must be free. Throws `EEXIST` or `ENOTEMPTY` where a folder with content has it. */
export function placeNewFolder(draft: string, path: string): void {
  try {
    renameSync(draft, path)
  } catch (error) {
    // Windows reports a taken name as a lack of permission.
    if (errorCode(error) !== 'EPERM' || !existsSync(path)) throw error
    throw Object.assign(new Error(`EEXIST: file already exists, rename '${draft}' -> '${path}'`, { cause: error }), {
      code: 'EEXIST',
    })
  }
}

/** Gives a file a second name, a copy where the file system has no hard links. Throws `EEXIST` where the name is taken. */
export function nameTwice(path: string, second: string): void {
  try {
    linkSync(path, second)
  } catch (error) {
    if (!isLinkUnsupported(error)) throw error
    copyFileSync(path, second, constants.COPYFILE_EXCL)
    syncFile(second)
  }
}

/** Writes a file of this user alone (0600), replacing what was there in one step. Returns once it is on the disk. */
export function replacePrivateFile(path: string, text: string): void {
  withDraft(path, text, (draft) => renameSync(draft, path))
}

/** Makes a creation, renaming or deletion inside a folder survive a power cut. */
export function syncFolder(folder: string): void {
  // Windows flushes no folders; there the file system's own log keeps the entry.
  if (process.platform !== 'win32') flush(folder, 'r')
}

/** Makes what was written to a file survive a power cut. */
export function syncFile(path: string): void {
  // Windows flushes only what is open to write.
  flush(path, 'r+')
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The code of a system error such as `ENOENT`; null for any other value. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/**
 * Writes the text into a file beside the path, completely and flushed to the disk, and has it placed; the draft is
 * removed.
 */
function withDraft(path: string, text: string, place: (draft: string) => void): void {
  createPrivateFolder(dirname(path))
  const { path: draft, done } = newTemporary(dirname(path), basename(path))
  try {
    writeSynced(draft, text)
    place(draft)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  } finally {
    done()
  }
  syncFolder(dirname(path))
}

function writeSynced(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600)
  try {
    // Writes until everything is written, since a single call may write less.
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** FAT and some network file systems have no hard links. */
function isLinkUnsupported(error: unknown): boolean {
  return ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(errorCode(error) ?? '')
}
