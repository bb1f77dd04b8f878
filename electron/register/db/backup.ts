import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import type { Database } from 'better-sqlite3'

import type { BackupMade } from '../../../shared/contract/backup.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { createPrivateFolder, syncFile, syncFolder } from '../../files/private-file.ts'
import { newTemporary } from '../../files/temporary.ts'
import { fileProblems, keyed } from './database-file.ts'
import { getRefusal } from './file-refusal.ts'
import { RegisterRefused } from './migrate.ts'
import { newPrivateFile } from './private-register.ts'

export type CopyFacts = Omit<BackupMade, 'path'>

/** A copy that has no name yet. */
export interface CopyDraft {
  /** An empty file of this user alone, beside the name that the copy gets. */
  readonly part: string
  /** Gives the complete copy its name. */
  readonly place: (copied: CopyFacts) => BackupMade
  /** Removes what is left of it. */
  readonly remove: () => void
}

/** Begins a copy of a register at a path. Throws `RegisterRefused` where the path is taken or cannot be written. */
export function newCopyDraft(path: string): CopyDraft {
  if (existsSync(path)) throw new RegisterRefused(`${path} already exists.`, 'Choose another name for the backup.')
  const { path: part, done } = newTemporary(dirname(path), basename(path))
  const remove = (): void => {
    // SQLite leaves its journal file where writing failed.
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
    done()
  }
  try {
    createPrivateFolder(dirname(path))
    newPrivateFile(part)
  } catch (error) {
    remove()
    throw getRefusal(error, path)
  }
  return {
    part,
    place: (copied) => {
      renameSync(part, path)
      syncFolder(dirname(path))
      return { path, ...copied }
    },
    remove,
  }
}

/**
 * Copies an open register completely, as of one moment and encrypted with its key, to a new file. The copy gets its
 * name only after it was opened with the key and checked, so that a full disk leaves no partial backup. Throws
 * `RegisterRefused`.
 */
export function copyRegister(db: Database, key: Uint8Array, path: string): BackupMade {
  const draft = newCopyDraft(path)
  try {
    return draft.place(fillCopy(db, key, draft.part))
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    draft.remove()
  }
}

/** Fills an empty file with a copy of a register, and checks it. Returns once it is on the disk. */
export function fillCopy(db: Database, key: Uint8Array, part: string): CopyFacts {
  db.prepare('VACUUM INTO ?').run(part)
  const copied = checked(part, key)
  syncFile(part)
  return copied
}

/** Checks a whole copy of a register. Throws `RegisterRefused` where it does not open with the key or is damaged. */
export function checked(path: string, key: Uint8Array): CopyFacts {
  let db: Database | null = null
  try {
    db = keyed(path, key, true)
    const [first, ...more] = fileProblems(db)
    if (first !== undefined) {
      throw new RegisterRefused(
        `${path} is damaged: ${oneLine(first)}${more.length === 0 ? '' : `, and ${counted(more.length, 'more problem')}`}.`,
        'Take another backup; castellan salvage reads what can be read of a damaged one.',
      )
    }
    const journalRows = Number(db.prepare('SELECT ifnull(max(seq), 0) FROM journal').pluck().get())
    return { bytes: statSync(path).size, journalRows }
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    db?.close()
  }
}

/** SQLite reports several problems in one text. */
function oneLine(problem: string): string {
  const [, place = problem] = /^(?:\*\*\*[^\n]*\n)?([^\n]*)/u.exec(problem) ?? []
  return place
}

/** A name for a copy of a moment (milliseconds, UTC) that is not taken, such as `register-2026-11-25T10-00-00-000Z.db`. */
export function freePath(folder: string, word: string, at: number): string {
  const stamp = new Date(at).toISOString().replaceAll(/[:.]/gu, '-')
  let path = join(folder, `${word}-${stamp}.db`)
  for (let n = 2; existsSync(path); n += 1) path = join(folder, `${word}-${stamp}-${n}.db`)
  return path
}
