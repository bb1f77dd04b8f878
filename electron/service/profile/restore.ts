import { copyFileSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { RestoreResult, Restoring } from '../../../shared/contract/backup.ts'
import { checked } from '../../register/db/backup.ts'
import { keyed } from '../../register/db/database-file.ts'
import { checkJournal, journal, journalHead, type JournalHead } from '../../register/db/journal.ts'
import { RegisterRefused } from '../../register/db/migrate.ts'
import { openRegisterToRead, type Register } from '../../register/register.ts'
import { openRegister } from '../../register/open.ts'
import { errorCode, nameTwice, syncFolder } from '../../files/private-file.ts'
import { newTemporary } from '../../files/temporary.ts'
import { registerKey } from '../../secrets/register-key.ts'
import { openSecretStore } from '../../secrets/open-secret-store.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { Refusal } from '../kit/refusal.ts'
import { freeBackupPath } from './backups.ts'
import { forgetKeptEnd, writeKeptEnd, writeNotedEnd } from './journal-end.ts'
import { profilePaths } from './paths.ts'
import { checkFolder } from './presence.ts'
import { openPreferences } from './preferences.ts'
import { takeWriterLock } from './writer-lock.ts'

export interface RestoreOptions {
  readonly profile: string
  /** The backup, absolute. */
  readonly file: string
  readonly now: () => number
  /** By default the operating system's keychain. */
  readonly secrets?: SecretStore | undefined
}

/**
 * Previews a restore: opens a copy of the backup with the key of the profile and reads it completely. Changes nothing
 * but a folder of its own, which is removed. Throws `RegisterRefused` and `Refusal`.
 */
export async function previewRestore(options: RestoreOptions): Promise<Restoring> {
  const { key } = await keyOfProfile(options)
  const prepared = prepare(options, key)
  try {
    return prepared.restoring
  } finally {
    prepared.discard()
  }
}

/**
 * Replaces the register with a backup. The backup is copied into a folder of its own, migrated there and checked,
 * including the rows of its journal; only then the earlier register is moved into the backups folder and replaced. Call
 * it while nothing has the profile open. Throws `RegisterRefused` and `Refusal`, and leaves the register unchanged.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { profile, now } = options
  const { key, secrets } = await keyOfProfile(options)
  const lock = takeWriterLock(profile, 'restore')
  try {
    const prepared = prepare(options, key)
    try {
      const end = { ...prepared.sign(), at: now() }
      const { register, journalEnd } = profilePaths(profile)
      // From here on the notes of the former register would not match this one, wherever it stops.
      await forgetKeptEnd(secrets)
      rmSync(journalEnd, { force: true })
      const replaced = refusingHeld(register, () => replace(profile, key, now(), prepared.register))
      syncFolder(profile)
      await noteEnd(() => writeNotedEnd(journalEnd, key, end))
      await noteEnd(() => writeKeptEnd(secrets, end))
      return { ...prepared.restoring, replaced: replaced?.path ?? null }
    } finally {
      prepared.discard()
    }
  } finally {
    lock.release()
  }
}

/** Gives a file the name of the register, and keeps the register that had it. If it fails, everything is where it was. */
function replace(profile: string, key: Uint8Array, at: number, file: string): KeptAside | null {
  const replaced = keepAside(profile, key, at)
  try {
    renameSync(file, profilePaths(profile).register)
  } catch (error) {
    replaced?.putBack()
    throw error
  }
  return replaced
}

/** Windows replaces no file that another program has open, even one that only reads it. */
function refusingHeld<T>(register: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = errorCode(error)
    if (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES') throw error
    throw new RegisterRefused(
      `The register in ${register} cannot be replaced (${code}). It was not changed.`,
      'Close the other windows and terminals of Castellan that read it, and programs that copy it; then try again.',
      { cause: error },
    )
  }
}

/** The register is restored; where an end cannot be noted, the next opening reports that, and notes it. */
async function noteEnd(write: () => void | Promise<void>): Promise<void> {
  try {
    await write()
  } catch {
    // A full disk, or a keychain that does not answer.
  }
}

/** The key of a profile, whatever the state of its register. Throws `Refusal` CONFLICT where it is not available. */
export async function keyOfProfile({
  profile,
  secrets: given,
}: Pick<RestoreOptions, 'profile' | 'secrets'>): Promise<{ readonly key: Uint8Array; readonly secrets: SecretStore }> {
  checkFolder(profile)
  if (!existsSync(profile)) {
    throw new RegisterRefused(`The folder ${profile} does not exist.`, 'Check --profile and CASTELLAN_PROFILE.')
  }
  const secrets = given ?? (await openSecretStore({ profile }))
  const found = await registerKey({ profile, secrets, registerExists: true })
  if (found.state === 'ready') return { key: found.key, secrets }
  throw new Refusal(
    'CONFLICT',
    `${found.reason} A backup opens with the same key as its register.`,
    'Enter the recovery code first: castellan recovery unlock.',
  )
}

interface PreparedCopy {
  readonly restoring: Restoring
  /** The file that will be the register. */
  readonly register: string
  /** Records in its journal that it was restored; returns where the journal ends. */
  sign(): JournalHead
  discard(): void
}

function prepare({ profile, file, now }: RestoreOptions, key: Uint8Array): PreparedCopy {
  if (!existsSync(file)) {
    throw new RegisterRefused(`The backup ${file} does not exist.`, 'List the backups: castellan backup list.')
  }
  const { path: folder, done } = newTemporary(profile, 'restoring')
  const path = join(folder, 'register.db')
  const discard = (): void => {
    rmSync(folder, { recursive: true, force: true })
    done()
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    copyFileSync(file, path)
    // A copy that was made manually may have its log beside it.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${path}-wal`)
    checked(path, key)
    const present = presentEnd(profile, key)
    const { lost, ...found } = withRegister(path, key, now, (register) => {
      const [problem] = checkJournal(register.reader).problems
      if (problem !== undefined) {
        throw new RegisterRefused(`${file}: ${problem.says}`, 'Choose another backup: castellan backup list.')
      }
      const { seq } = journalHead(register.reader)
      return {
        journalRows: seq,
        lastAt: register.reader.value<number>('SELECT at FROM journal WHERE seq = ?', [seq]) ?? null,
        lost: present === null ? null : Math.max(0, present.seq - seq),
      }
    })
    const sign = (): JournalHead => {
      const end = withRegister(path, key, now, (register) => {
        register.transact((writer) => {
          const { operator } = openPreferences(profile).get()
          const body = { from: file, rows: found.journalRows, lost, former: present?.hash ?? null }
          journal(writer, { at: now(), operator, action: 'register.restored', client: null, subject: 'register', body })
        })
        return journalHead(register.reader)
      })
      // Only the file is moved: data that a full disk left in the log beside it would be lost.
      if (existsSync(`${path}-wal`)) {
        throw new RegisterRefused(
          `The disk does not write the copy of ${file}. The register was not changed.`,
          'Free space on the disk that holds the profile, then try again.',
        )
      }
      return end
    }
    return { restoring: { path: file, ...found, lostRows: lost }, register: path, sign, discard }
  } catch (error) {
    discard()
    throw error
  }
}

function withRegister<T>(path: string, key: Uint8Array, now: () => number, work: (register: Register) => T): T {
  const register = openRegister({ path, key, now })
  try {
    return work(register)
  } finally {
    register.close()
  }
}

/** Where the journal of the present register ends; null where there is none, or it cannot be read. */
function presentEnd(profile: string, key: Uint8Array): JournalHead | null {
  const path = profilePaths(profile).register
  if (!existsSync(path)) return null
  try {
    const register = openRegisterToRead({ path, key, now: Date.now })
    try {
      return journalHead(register.reader)
    } finally {
      register.close()
    }
  } catch {
    return null
  }
}

/** Merges the write-ahead log into the file. One that cannot be read stays beside it, for later analysis. */
function takeLogIn(register: string, key: Uint8Array): void {
  try {
    const db = keyed(register, key, false)
    try {
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  } catch {
    // It is damaged; that is why it is replaced.
  }
}

interface KeptAside {
  readonly path: string
  readonly putBack: () => void
}

/**
 * Keeps the present register in the backups folder, where it gets a second name: the profile has a register at every
 * moment, until the other one replaces it in one step. A remaining log is moved there, since it would be read as the
 * other register's. Returns where the register is now; null where there was none. If it fails, everything is where it
 * was.
 */
function keepAside(profile: string, key: Uint8Array, at: number): KeptAside | null {
  const { register } = profilePaths(profile)
  if (lstatSync(register, { throwIfNoEntry: false }) === undefined) {
    for (const end of ['-wal', '-shm']) rmSync(`${register}${end}`, { force: true })
    return null
  }
  takeLogIn(register, key)
  const path = freeBackupPath(profile, 'replaced', at)
  const moved: string[] = []
  const putBack = (): void => {
    for (const end of moved.splice(0).toReversed()) renameSync(`${path}${end}`, `${register}${end}`)
    rmSync(path, { force: true })
  }
  try {
    for (const end of ['-wal', '-shm']) {
      if (lstatSync(`${register}${end}`, { throwIfNoEntry: false }) === undefined) continue
      renameSync(`${register}${end}`, `${path}${end}`)
      moved.push(end)
    }
    nameTwice(register, path)
    syncFolder(dirname(path))
  } catch (error) {
    putBack()
    throw error
  }
  return { path, putBack }
}
