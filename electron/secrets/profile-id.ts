import { randomBytes } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { createPrivateFile, errorCode, replacePrivateFile } from '../files/private-file.ts'

const FORM = /^[0-9a-f]{16}$/u

/**
 * The random name under which the keychain holds a profile's secrets, kept in the file `profile-id` of the profile so
 * that it moves along when the folder is moved. Null when the profile has none yet, or the file is damaged.
 */
export function readProfileId(profile: string): string | null {
  try {
    const text = readFileSync(profileIdPath(profile), 'utf8').trim()
    return FORM.test(text) ? text : null
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** A new id; not written yet. 64 random bits. */
export function newProfileId(): string {
  return randomBytes(8).toString('hex')
}

/**
 * Writes an id in place of `previous` (null: none that could be read). When another process wrote one first, that one
 * counts. Returns the id that counts now.
 */
export function writeProfileId(profile: string, id: string, previous: string | null): string {
  const standing = readProfileId(profile)
  if (standing !== null && standing !== previous) return standing
  if (previous === null) {
    try {
      createPrivateFile(profileIdPath(profile), `${id}\n`)
      return id
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
      const raced = readProfileId(profile)
      if (raced !== null) return raced
    }
  }
  replacePrivateFile(profileIdPath(profile), `${id}\n`)
  return id
}

/** The canonical path of a profile, links resolved; the path itself while the folder does not exist. */
export function profileAddress(profile: string): string {
  try {
    return realpathSync.native(profile)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return profile
    throw error
  }
}

/**
 * True if the folder at `address` is another profile with the same id, that is: one of the two is a copy. False when
 * the folder does not exist (the profile was moved) or is the same folder by another name, such as a bind mount.
 */
export function isTwin(address: string, profile: string, id: string): boolean {
  try {
    const [there, here] = [statSync(address, { bigint: true }), statSync(profile, { bigint: true })]
    if (there.dev === here.dev && there.ino === here.ino) return false
    return readProfileId(address) === id
  } catch {
    return false
  }
}

/** The file that holds the id. */
export function profileIdPath(profile: string): string {
  return join(profile, 'profile-id')
}
