import { existsSync } from 'node:fs'

import type { Database } from 'better-sqlite3'

import type { BackupMade } from '../../shared/contract/backup.ts'
import { fileProblems } from './db/database-file.ts'
import { toFailure, isUnwritablePlace, isWrongKey, getRefusal } from './db/file-refusal.ts'
import { type QueryWatch, makeReader, type Reader, type Writer, makeWriter } from './db/handles.ts'
import { journal, journalHead, type JournalEntry, type JournalHead } from './db/journal.ts'
import { readRevision } from './db/meta.ts'
import { pendingMigrations, RegisterRefused } from './db/migrate.ts'
import { copyToRead } from './db/read-copy.ts'
import { BUSY_TIMEOUT_MS, CACHE_BYTES, unlocked } from './db/unlocked.ts'

export interface OpenRegisterOptions extends QueryWatch {
  readonly path: string
  /** 256-bit raw key. */
  readonly key: Uint8Array
  readonly now: () => number
  /** Called with the end of the journal after each commit that appended to it. */
  readonly onJournaled?: ((end: JournalHead) => void) | undefined
}

/** An open register. One process writes; any number read. */
export interface Register {
  readonly path: string
  /** True if a copy is read, since nothing can be written in the register's folder. */
  readonly isCopy: boolean
  readonly reader: Reader
  /** Runs work in one atomic transaction and increments the revision. Throws on a register that was opened to read. */
  transact<T>(work: (writer: Writer) => T): T
  /** Runs work in a transaction that is rolled back: what it wrote is read only by itself. Throws as `transact` does. */
  rehearse<T>(work: (writer: Writer) => T): T
  /** Limits how much of the file is kept decrypted, in bytes; null restores it. */
  limitCache(bytes: number | null): void
  /** Changes whenever any process changes the register. */
  revision(): number
  /** Problems that SQLite's integrity and foreign-key checks find; empty when the register is intact. */
  check(): readonly string[]
  /** Copies the whole register, see `copyAside`. Rejects with `RegisterRefused`. */
  copyTo(path: string): Promise<BackupMade>
  /**
   * Runs long work that reads the register through a connection of its own, which it closes before it settles.
   * `stopCopies` aborts its signal.
   */
  runBeside<T>(work: (file: Pick<OpenRegisterOptions, 'path' | 'key'>, signal: AbortSignal) => Promise<T>): Promise<T>
  /**
   * Runs long work that writes through `openBeside`. Other writes here wait meanwhile, blocking, until it has ended.
   * Throws as `transact` does.
   */
  writeBeside<T>(work: (file: Pick<OpenRegisterOptions, 'path' | 'key'>, signal: AbortSignal) => Promise<T>): Promise<T>
  /** Ends running copies and what runs beside; resolves when nothing of them is left. */
  stopCopies(): Promise<void>
  close(): void
}

/**
 * Opens an existing register read-only, also while another process writes it. Where nothing can be written beside it, a
 * copy is opened. Throws `RegisterRefused`.
 */
export function openRegisterToRead(options: OpenRegisterOptions): Register {
  try {
    return makeRegister(prepared(options, true, checkCurrent), options, false)
  } catch (error) {
    const isUnwritable = error instanceof RegisterRefused && isUnwritablePlace(error.cause) && existsSync(options.path)
    if (!isUnwritable) throw error
    return getCopy(options)
  }
}

function getCopy(options: OpenRegisterOptions): Register {
  const copy = copyToRead(options.path)
  try {
    const register = makeRegister(prepared({ ...options, path: copy.path }, true, checkCurrent), options, false)
    return {
      ...register,
      isCopy: true,
      close: () => {
        register.close()
        copy.remove()
      },
    }
  } catch (error) {
    copy.remove()
    throw error
  }
}

function checkCurrent(db: Database): void {
  if (pendingMigrations(db).length === 0) return
  throw new RegisterRefused(
    'The register was written by an older version of Castellan.',
    'Open it once in the window, or run a writing verb, so that it is brought up to date (a backup is made).',
  )
}

/** A second connection that writes, for a thread beside the service; see `writeBeside`. Throws `RegisterRefused`. */
export function openBeside(
  file: Pick<OpenRegisterOptions, 'path' | 'key'>,
): Pick<Register, 'reader' | 'transact' | 'close'> {
  const db = prepared(file, false, (opened) => opened.pragma(`busy_timeout = ${LONG_WAIT_MS}`))
  // Statistics are left to the connection of the service.
  return { ...makeRegister(db, { ...file, now: () => 0 }, true), close: () => void db.close() }
}

/** Access to the end of a register's journal only. */
export interface JournalEnd {
  /** Appends a row in its own transaction. Throws `RegisterRefused` when another process writes for too long. */
  append(entry: JournalEntry): void
  close(): void
}

/**
 * Opens the journal of an existing register to append to it, also while another process writes the register: the end of
 * the chain is read and moved in one transaction, and SQLite allows one at a time. Throws `RegisterRefused`.
 */
export function openJournalEnd(options: Pick<OpenRegisterOptions, 'path' | 'key' | 'onJournaled'>): JournalEnd {
  const db = prepared(options, false, checkCurrent)
  const writer = makeWriter(db, {})
  return {
    append: (entry) => {
      try {
        db.transaction(() => journal(writer, entry)).immediate()
        options.onJournaled?.(journalHead(writer))
      } catch (error) {
        throw getRefusal(error, options.path)
      }
    },
    close: () => void db.close(),
  }
}

/** True if a key opens the register at a path. Throws `RegisterRefused` when that cannot be determined. */
export function isRegisterKey(path: string, key: Uint8Array): boolean {
  try {
    prepared({ path, key }, true, () => undefined).close()
    return true
  } catch (error) {
    if (error instanceof RegisterRefused && isWrongKey(error.cause)) return false
    throw error
  }
}

/** Opens the file and runs the first steps; SQLite errors become refusals for people. */
export function prepared(
  options: Pick<OpenRegisterOptions, 'path' | 'key'>,
  readonly: boolean,
  work: (db: Database) => void,
): Database {
  let db: Database | null = null
  try {
    db = unlocked(options, { readonly })
    work(db)
    return db
  } catch (error) {
    db?.close()
    throw getRefusal(error, options.path)
  }
}

/** How long a statement waits for another connection of this process that writes: longer than any import takes. */
const LONG_WAIT_MS = 3_600_000

/** Ends a rehearsal, so that SQLite rolls it back. */
const REHEARSED = new Error('A rehearsal is rolled back.')

export function makeRegister(db: Database, options: OpenRegisterOptions, writable: boolean): Register {
  const watch = { ...options, toError: (error: unknown) => toFailure(error, options.path) }
  const reader = makeReader(db, watch)
  const writer = writable ? makeWriter(db, watch) : null
  // Not timed, since it is not a query of a person.
  const unwatched = makeReader(db, {})
  const copies = new Set<Promise<unknown>>()
  let copying = new AbortController()
  let end: number | null = null
  const tellEnd = (): void => {
    const now = journalHead(unwatched)
    if (now.seq === end) return
    end = now.seq
    options.onJournaled?.(now)
  }
  const writing = (): Writer => {
    if (writer !== null) return writer
    throw new RegisterRefused(
      'The register was opened read-only.',
      'Close the other window or command that writes to this profile.',
    )
  }
  const runBeside: Register['runBeside'] = (work) => {
    const running = work({ path: db.name, key: options.key }, copying.signal)
    copies.add(running)
    return running.finally(() => copies.delete(running))
  }
  let writers = 0
  return {
    path: options.path,
    isCopy: false,
    reader,
    runBeside,
    writeBeside: async (work) => {
      writing()
      end ??= journalHead(unwatched).seq
      return runBeside(async (file, signal) => {
        writers += 1
        db.pragma(`busy_timeout = ${LONG_WAIT_MS}`)
        try {
          return await work(file, signal)
        } finally {
          writers -= 1
          if (writers === 0) db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
          tellEnd()
        }
      })
    },
    transact: (work) => {
      const writer = writing()
      try {
        end ??= journalHead(unwatched).seq
        const result = db
          .transaction(() => {
            const given = work(writer)
            writer.run(
              "INSERT INTO meta (key, value) VALUES ('revision', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
            )
            return given
          })
          .immediate()
        tellEnd()
        return result
      } catch (error) {
        // Beginning and ending a transaction may fail too.
        throw toFailure(error, options.path)
      }
    },
    rehearse: (work) => {
      const writer = writing()
      const done: { result: ReturnType<typeof work> }[] = []
      try {
        db.transaction(() => {
          done.push({ result: work(writer) })
          throw REHEARSED
        }).immediate()
      } catch (error) {
        if (error !== REHEARSED) throw toFailure(error, options.path)
      }
      const [first] = done
      if (first === undefined) throw new Error('A rehearsal ended without its result.')
      return first.result
    },
    limitCache: (bytes) => void db.pragma(`cache_size = -${(bytes ?? CACHE_BYTES) / 1024}`),
    revision: () => readRevision(reader),
    check: () => fileProblems(db),
    copyTo: (path) =>
      runBeside(async ({ path: from, key }, signal) => {
        const { copyAside } = await import('./db/copy-aside.ts')
        return copyAside({ from, key, path }, signal)
      }),
    stopCopies: async () => {
      copying.abort()
      copying = new AbortController()
      await Promise.allSettled(copies)
    },
    close: () => {
      try {
        if (writable) db.pragma('optimize')
      } catch {
        // It only makes later queries faster; a full disk or damage is reported by the next operation.
      } finally {
        db.close()
      }
    },
  }
}
