import { readFileSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'

import Database from 'better-sqlite3'
import { z } from 'zod'

import { createPrivateFile, createPrivateFolder, errorCode, replacePrivateFile } from '../../files/private-file.ts'
import { isAlive } from '../../files/process-alive.ts'
import { profilePaths } from './paths.ts'

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** The role of the process for its user, such as `window` or `terminal sync`. */
  what: z.string().max(200),
  /** When it took the lock: UTC, ISO 8601. */
  since: z.iso.datetime(),
  host: z.string().max(255),
})
export type WriterHolder = z.infer<typeof holderSchema>

/** Another process, or another part of this one, may write to the profile. The message names it and what to do. */
export class WriterLockHeld extends Error {
  override readonly name = 'WriterLockHeld'
  /** Null in the moment in which the other process has taken the lock and not yet written its name. */
  readonly holder: WriterHolder | null

  constructor(profile: string, holder: WriterHolder | null) {
    super(
      `The profile ${profile} is open for writing in ${described(holder)}. Close that one and try again; reading works beside it.`,
    )
    this.holder = holder
  }
}

export interface WriterLock {
  /**
   * True if the lock file is still the one that was locked: once it was removed, another process can lock a new one.
   */
  isHeld(): boolean
  /** Lets the next writer in. Releasing twice is not an error. */
  release(): void
}

/**
 * Makes this process the only writer of a profile, creating the folder if missing. `what` is what the process is to its
 * user (`window`, `terminal sync`). Throws `WriterLockHeld` immediately when there is a writer already, in this process
 * or in another, and an `Error` when the folder cannot be written or locked. A second start of the desktop application on the profile ends
 * before it, in `electron/main.ts`, and brings the window forward that is there.
 *
 * The lock is the operating system's, taken by SQLite on a file of its own, so it ends with the process however that
 * ends: there is nothing stale to clean up after a crash. Nothing else may open that file in this process: under POSIX,
 * closing any descriptor of a file drops every lock that the process holds on it.
 */
export function takeWriterLock(dir: string, what: string): WriterLock {
  const paths = profilePaths(dir)
  const lock = lockFile(dir, paths.writerLock)
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (errorCode(error) !== 'SQLITE_BUSY') throw unusable(dir, error)
    throw new WriterLockHeld(dir, readHolder(paths.writerHolder))
  }
  const holder: WriterHolder = { pid: process.pid, what, since: new Date().toISOString(), host: hostname() }
  try {
    replacePrivateFile(paths.writerHolder, `${JSON.stringify(holder)}\n`)
  } catch (error) {
    lock.close()
    throw unusable(dir, error)
  }
  const mine = findIdentity(paths.writerLock)
  const isHeld = (): boolean => lock.open && mine !== null && findIdentity(paths.writerLock) === mine
  return {
    isHeld,
    release: () => {
      if (!lock.open) return
      // A new file means another writer, whose own name is in it.
      if (isHeld()) rmSync(paths.writerHolder, { force: true })
      lock.close()
    },
  }
}

/** Finds the identity of a file, which one that replaces it has not; null where there is none. */
function findIdentity(path: string): string | null {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false })
  return file === undefined ? null : `${file.dev} ${file.ino}`
}

function lockFile(dir: string, path: string): Database.Database {
  try {
    createPrivateFolder(dir)
    // SQLite would create the file with the rights of the umask.
    createIfAbsent(path)
    return new Database(path, { timeout: 0 })
  } catch (error) {
    throw unusable(dir, error)
  }
}

function createIfAbsent(path: string): void {
  try {
    createPrivateFile(path, '')
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

function unusable(dir: string, error: unknown): Error {
  const code = errorCode(error)
  const why = code === null ? '' : ` (${code})`
  return new Error(
    `The profile ${dir} cannot be locked for writing${why}. Check that the folder can be written and is on a file system with locks, or choose another one with --profile.`,
    { cause: error },
  )
}

/** The lock of a crashed writer does not count: its process must still exist, as far as this machine can see. */
function readHolder(path: string): WriterHolder | null {
  try {
    const holder = holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    return holder.host !== hostname() || isAlive(holder.pid) ? holder : null
  } catch {
    return null
  }
}

function described(holder: WriterHolder | null): string {
  if (holder === null) return 'another Castellan'
  return `another Castellan (${holder.what}, process ${holder.pid} on ${holder.host}, since ${holder.since})`
}
