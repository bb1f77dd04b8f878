import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** What two names have in common that a file system has for the same. */
export type Fold = (name: string) => string

/** NTFS compares names by its own table of upper-case letters, one character at a time, so that `ß` is not `SS`. */
export const foldOnWindows: Fold = (name) =>
  Array.from(name, (character) => {
    const upper = character.toUpperCase()
    return upper.length === character.length ? upper : character
  }).join('')

/**
 * The usual volume of a Mac is "normalization-preserving, but not normalization-sensitive" and ignores case (Apple,
 * APFS Guide, FAQ).
 */
export const foldOnMac: Fold = (name) => name.normalize('NFD').toLowerCase().normalize('NFD')

/** `CON.txt` and `nul.tar.gz` are reserved too (Microsoft, "Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(?:CON|PRN|AUX|NUL|COM[0-9\u00B9\u00B2\u00B3]|LPT[0-9\u00B9\u00B2\u00B3])(?:\.|$)/iu

/** `\` separates folders there, and a colon begins another stream of the same file. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001F]/u

/** Whether programs of Windows can make and open a file of that name. */
export function isNameOnWindows(name: string): boolean {
  return !RESERVED.test(name) && !FORBIDDEN.test(name) && !/[. ]$/u.test(name)
}

const { lstat, readdir } = { lstat: lstatSync, readdir: readdirSync }

/** The path by which a name that a file system has for the same as this one is on the disk; else the path itself. */
export function findEntry(path: string, fold: Fold): string {
  if (isThere(path)) return path
  const absolute = resolve(path)
  const [above, name] = [dirname(absolute), basename(absolute)]
  if (above === absolute) return path
  const folder = findEntry(above, fold)
  const folded = fold(name)
  return join(folder, namesIn(folder).find((each) => fold(each) === folded) ?? name)
}

/** The names at the end of a path that are not on the disk yet. */
export function missingNames(path: string): readonly string[] {
  const absolute = resolve(path)
  return isThere(absolute) ? [] : [...missingNames(dirname(absolute)), basename(absolute)]
}

/** Also a link that leads nowhere is there. */
export function isThere(path: string): boolean {
  try {
    return lstat(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdir(folder)
  } catch {
    return []
  }
}
