/** A preload: `node --import .../windows.ts` puts a process under the rules of Windows. */
import { lstatSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { foldOnWindows, isNameOnWindows, missingNames } from './names.ts'
import { isFolder, isOpen, isOpenInside, isReadOnly } from './open-files.ts'
import { applyRules, type Call, callers, type System } from './rules.ts'

const lstat = lstatSync

/** `kill` of libuv ends a process for these (`uv__kill` in `src/win/process.c`), whatever the process would do with them. */
const ENDING = new Set<string | number>(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT', 2, 3, 9, 15])

const windows: System = {
  name: 'windows',
  preload: fileURLToPath(import.meta.url),
  fold: foldOnWindows,
  refuse: (call) => refuseName(call) ?? refuseRemoval(call) ?? refuseReplacing(call),
  // `FlushFileBuffers` needs a handle that may write (nodejs/node#3879).
  refuseSync: (descriptor) => (isReadOnly(descriptor) && !isSkipped(descriptor) ? 'EPERM' : null),
  signal: (signal) => (signal === 0 ? 0 : ENDING.has(signal) ? 'SIGKILL' : null),
  // `MAX_PATH` less the character that ends it: SQLite's paths have no prefix `\\?\`, Node's have one.
  longestPath: 259,
}

/**
 * The system answers `ERROR_INVALID_NAME`, which libuv reports as `ENOENT`. Node alone could make some of these names,
 * and then no other program could open or remove the file.
 */
function refuseName({ makes, name, args }: Call): string | null {
  if (makes === null || (name === 'open' && !isMaking(args[1]))) return null
  return missingNames(makes).every(isNameOnWindows) ? null : 'ENOENT'
}

function isMaking(flags: unknown): boolean {
  return typeof flags === 'number' ? (flags & 0o100) !== 0 : /[wa]/u.test(typeof flags === 'string' ? flags : 'r')
}

/**
 * A file that another handle has open without `FILE_SHARE_DELETE`, as SQLite's handles are, is neither removed nor
 * renamed: `ERROR_SHARING_VIOLATION`, `EBUSY`. A folder with open files inside cannot be renamed: `EPERM`.
 */
function refuseRemoval({ removes, name }: Call): string | null {
  if (removes === null) return null
  if (name === 'rename' && isOpenInside(removes)) return 'EPERM'
  return isOpen(removes) ? 'EBUSY' : null
}

/** `MoveFileExW` replaces no folder and no file that is open: `ERROR_ACCESS_DENIED`, `EPERM`. */
function refuseReplacing({ makes, name }: Call): string | null {
  if (makes === null) return null
  if (name === 'rename') {
    return isOpen(makes) || lstat(makes, { throwIfNoEntry: false })?.isDirectory() ? 'EPERM' : null
  }
  return name === 'copyFile' && isOpen(makes) ? 'EBUSY' : null
}

/** The one module that flushes folders asks for the platform first, which is still that of this machine. */
function isSkipped(descriptor: number): boolean {
  return isFolder(descriptor) && callers().some((line) => /\/private-file[.-]/u.test(line))
}

await applyRules(windows)
