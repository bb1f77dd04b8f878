import { resolve } from 'node:path'

import { invalid, Refusal } from './refusal.ts'

/** The longest name and the longest path that the system accepts: in bytes, on Windows in UTF-16 units. */
const LONGEST =
  process.platform === 'win32'
    ? { name: 255, path: 32_766, of: (text: string) => text.length }
    : { name: 255, path: process.platform === 'darwin' ? 1023 : 4095, of: (text: string) => Buffer.byteLength(text) }

/**
 * A path as a person wrote it, absolute. Throws `Refusal` INVALID about `field` for a text that the system does not
 * accept as a path: `node:fs` would throw a `TypeError`, or an error in its own words.
 */
export function absolutePath(text: string, field = 'path'): string {
  if (text.includes('\0')) {
    throw invalid(field, `${namedPath(text)} contains a NUL character.`, 'Write the path without it.')
  }
  const path = resolve(text)
  const isTooLong =
    LONGEST.of(path) > LONGEST.path || path.split(/[/\\]/u).some((name) => LONGEST.of(name) > LONGEST.name)
  if (isTooLong) throw refused(path, field, 'read', 'ENAMETOOLONG')
  return path
}

/** A path in a message: quoted where it is not plain text, and without its middle where it is very long. */
export function namedPath(path: string): string {
  const short = path.length > 400 ? `${path.slice(0, 200)}…${path.slice(-100)}` : path
  return /\p{C}/u.test(short) ? JSON.stringify(short) : short
}

type Purpose = 'read' | 'write'

const REASONS: Readonly<Record<string, Readonly<Partial<Record<Purpose, readonly [what: string, hint: string]>>>>> = {
  ENOENT: {
    read: ['does not exist', 'Check the path.'],
    write: ['cannot be written: its folder does not exist', 'Create the folder, or choose another one.'],
  },
  ENOTDIR: {
    read: ['cannot be read: a part of the path is a file, not a folder', 'Check the path.'],
    write: ['cannot be written: a part of the path is a file, not a folder', 'Choose a path through folders only.'],
  },
  EACCES: {
    read: ['cannot be read: no permission', 'Ask its owner for access, or copy it to a folder of your own.'],
    write: ['cannot be written: no permission', 'Choose a folder that you may write to.'],
  },
  EPERM: {
    read: ['cannot be read: no permission', 'Ask its owner for access, or copy it to a folder of your own.'],
    write: ['cannot be written: no permission', 'Close the file in other programs, or choose another folder.'],
  },
  ENAMETOOLONG: {
    read: ['is not a path: a name in it, or the whole, is too long', 'Write a shorter path.'],
    write: ['cannot be written: the name is too long', 'Choose a shorter name.'],
  },
  ELOOP: {
    read: ['cannot be read: its links lead in a circle', 'Name the file itself.'],
    write: ['cannot be written: its links lead in a circle', 'Name the file itself.'],
  },
  EROFS: { write: ['cannot be written: the disk is read-only', 'Choose a folder on another disk.'] },
  ENOSPC: {
    write: ['was not written: the disk is full', 'Free some space and export again; the earlier file is unchanged.'],
  },
  EDQUOT: { write: ['was not written: the disk quota is used up', 'Free some space and export again.'] },
  ENOTEMPTY: {
    write: ['was not written: another file took its name meanwhile', 'Export again, or choose another folder.'],
  },
  EEXIST: {
    write: ['was not written: another file took its name meanwhile', 'Export again, or choose another folder.'],
  },
  EISDIR: { read: ['is a folder', 'Name a file.'], write: ['is a folder', 'Give the name of a file.'] },
  EBUSY: { write: ['cannot be written: another program uses it', 'Close it there, and export again.'] },
}

/** An error of the file system as a `Refusal` INVALID that names the path and what to do; any other error unchanged. */
export function explained(error: unknown, path: string, purpose: Purpose, field = 'path'): unknown {
  const code = error instanceof Error && !(error instanceof Refusal) && 'code' in error ? String(error.code) : ''
  return REASONS[code]?.[purpose] === undefined ? error : refused(path, field, purpose, code, error)
}

function refused(path: string, field: string, purpose: Purpose, code: string, cause?: unknown): Refusal {
  const [what, hint] = REASONS[code]?.[purpose] ?? [code, '']
  return new Refusal('INVALID', `${namedPath(path)} ${what}.`, hint, { about: field, cause })
}
