import { chmodSync, lstatSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { createPrivateFile, errorCode, syncFolder } from '../files/private-file.ts'

export interface KeyFile {
  readonly path: string
  readonly text: string
  /** The file could be read by others until now; null when it could not. For people. */
  readonly tightened: string | null
}

/** Where the register key is kept without a keychain. */
export function keyFilePath(profile: string): string {
  return join(profile, 'register.key')
}

/**
 * The key file of a profile, or null when there is none. Rights wider than 0600 are removed (on Windows the folder's
 * inherited rights hold instead of mode bits). Throws when the path is not a plain file or cannot be read.
 */
export function readKeyFile(profile: string): KeyFile | null {
  const path = keyFilePath(profile)
  try {
    const status = lstatSync(path)
    if (!status.isFile()) {
      throw new Error(`${path} is not a plain file, so no register key is read from it. Put the key file itself there.`)
    }
    const tightened = tighten(path, status.mode)
    return { path, text: readFileSync(path, 'utf8'), tightened }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Writes the key file, 0600 and on the disk when this returns. Throws `EEXIST` when there is one. */
export function createKeyFile(profile: string, text: string): void {
  createPrivateFile(keyFilePath(profile), `${text}\n`)
}

/** Moves the key file aside, to a name that ends in `tag`. */
export function setKeyFileAside(profile: string, tag: string): void {
  const path = keyFilePath(profile)
  renameSync(path, `${path}.${tag}`)
  syncFolder(dirname(path))
}

export function deleteKeyFile(profile: string): void {
  const path = keyFilePath(profile)
  rmSync(path, { force: true })
  syncFolder(dirname(path))
}

function tighten(path: string, mode: number): string | null {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return null
  chmodSync(path, 0o600)
  const before = (mode & 0o777).toString(8)
  return `Other users of this machine could read ${path} (mode ${before}); it is 600 now. Anyone who read it meanwhile can open the register.`
}
