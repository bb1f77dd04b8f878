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

/**
 * Copies an open register completely, as of one moment and encrypted with its key, to a new file. The copy gets its
 * name only after it was opened with the key and checked, so that a full disk leaves no partial backup. Throws
 * `RegisterRefused`.
 */
export function copyRegister(db: Database, key: Uint8Array, path: string): BackupMade {
  if (existsSync(path)) throw new RegisterRefused(`${path} already exists.`, 'Choose another name for the backup.')
  const { path: part, done } = newTemporary(dirname(path), basename(path))
  try {
    createPrivateFolder(dirname(path))
    newPrivateFile(part)
    db.prepare('VACUUM INTO ?').run(part)
    const made = checked(part, key)
    syncFile(part)
    renameSync(part, path)
    syncFolder(dirname(path))
    return { path, ...made }
  } catch (error) {
    throw getRefusal(error, path)
  } finally {
    // SQLite leaves its journal file where writing failed.
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
    done()
  }
}

/** Checks a whole copy of a register. Throws `RegisterRefused` where it does not open with the key or is damaged. */
export function checked(path: string, key: Uint8Array): Omit<BackupMade, 'path'> {
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
