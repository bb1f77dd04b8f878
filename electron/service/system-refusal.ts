import { Refusal } from './refusal.ts'

/** What to do about a path that the system does not take, by its code. */
const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Give this user the right to it, or choose another place.',
  EISDIR: 'Name a file, not a folder.',
  ELOOP: 'Name what the links lead to.',
  ENAMETOOLONG: 'Choose a shorter name.',
  ENOENT: 'Check the path.',
  ENOSPC: 'Free space on the disk, then try again.',
  ENOTDIR: 'A part of the path is a file and not a folder: check the path.',
  EPERM: 'Give this user the right to it, or choose another place.',
  EROFS: 'The disk is read-only: choose another place.',
}

/** What the system, or Node in its place, says against a path, as a refusal; null for any other error. */
export function systemRefusal(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const { code } = error
  if (code === 'ERR_INVALID_ARG_VALUE' && error instanceof TypeError) {
    return new Refusal('INVALID', 'The path holds a null character.', 'Choose another name.', { cause: error })
  }
  if (!('syscall' in error) || !('path' in error)) return null
  const path = String(error.path)
  const shown = path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path
  const hint = HINTS[code] ?? 'Check the path, its rights and its disk, then try again.'
  return new Refusal('INVALID', `${shown} cannot be used (${code}).`, hint, { cause: error })
}

const LONGEST = 300
