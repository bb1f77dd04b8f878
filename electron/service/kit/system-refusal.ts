import { Refusal } from './refusal.ts'

/** The hint about a path that the system does not accept, by its code. */
const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Give this user the right to it, or choose another place.',
  EISDIR: 'Name a file, not a folder.',
  ELOOP: 'Name what the links lead to.',
  ENAMETOOLONG: 'Choose a shorter name.',
  ENOENT: 'Check the path.',
  EINTR: 'Try again.',
  EIO: 'Check the disk and its connection, then try again.',
  ENOSPC: 'Free space on the disk, then try again.',
  ENOTDIR: 'A part of the path is a file and not a folder: check the path.',
  EPERM: 'Give this user the right to it, or choose another place.',
  EROFS: 'The disk is read-only: choose another place.',
}

/** Calls of the system that only read. */
const READS = /^(?:access|fstat|lstat|open|opendir|read|readdir|readlink|realpath|scandir|stat|statfs)$/u

/**
 * The refusal for an error of the system, or of Node, about a path; null for any other error. `place` is the file or
 * folder in question where the system names none.
 */
export function systemRefusal(error: unknown, place?: string): Refusal | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const { code } = error
  if (code === 'ERR_INVALID_ARG_VALUE' && error instanceof TypeError) {
    return new Refusal('INVALID', 'The path holds a null character.', 'Choose another name.', { cause: error })
  }
  if (!('syscall' in error) || !('errno' in error)) return null
  const path = 'path' in error ? String(error.path) : (place ?? null)
  // A connection that was reset fails at a read as well; none of those codes belongs to a file.
  if (path === null && HINTS[code] === undefined) return null
  const done = READS.test(String(error.syscall)) ? 'read' : 'written'
  const hint = HINTS[code] ?? 'Check the path, its rights and its disk, then try again.'
  return new Refusal('INVALID', `${shownPath(path)} cannot be ${done} (${code}).`, hint, { cause: error })
}

function shownPath(path: string | null): string {
  if (path === null) return 'A file'
  return path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path
}

const LONGEST = 300
