import { rmSync } from 'node:fs'

import type { Notice, ProfileInfo } from '../../../shared/contract/app.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { journalHead } from '../../register/db/journal.ts'
import { isRegisterKey, openRegisterToRead, type Register } from '../../register/register.ts'
import { replacePrivateFile } from '../../files/private-file.ts'
import { keepRegisterKey, registerKey, type RegisterKey } from '../../secrets/register-key.ts'
import { keyOfRecoveryCode } from '../../secrets/recovery-code.ts'
import { openSecretStore } from '../../secrets/open-secret-store.ts'
import { KeychainError, type SecretStore } from '../../secrets/secret-store.ts'
import { type ProfilePaths, profilePaths } from '../profile/paths.ts'
import { profileLog, type ProfileLog } from '../log/profile-log.ts'
import { guardEnd, NOTHING_TO_GUARD, type GuardResult } from '../profile/guard-end.ts'
import { openPreferences, type Preferences } from '../profile/preferences.ts'
import { findRegister } from '../profile/presence.ts'
import { takeWriterLock, type WriterLock, WriterLockHeld } from '../profile/writer-lock.ts'
import { Refusal } from '../kit/refusal.ts'
import { systemRefusal } from '../kit/system-refusal.ts'
import { isSample } from '../profile/sample-mark.ts'

/** One profile, open. */
export interface Session {
  readonly profile: string
  /** A sample profile shows its label everywhere. */
  readonly sample: boolean
  readonly mode: 'read' | 'write'
  readonly secrets: SecretStore
  readonly preferences: Preferences
  readonly locked: ProfileInfo['locked']
  /** Null while locked. */
  readonly register: Register | null
  /** 32 bytes; null while locked. Leaves the service only as the recovery code. */
  readonly key: Uint8Array | null
  readonly lockedReason: string | null
  readonly notices: readonly Notice[]
  readonly end: GuardResult['end']
  readonly log: ProfileLog
  close(): void
}

export interface OpenSession {
  readonly profile: string
  readonly mode: 'read' | 'write'
  /** True if a register is created for a profile without one; only where `mode` is `write`. */
  readonly create: boolean
  /** The role of this process for its user, shown to another process that finds the profile in use. */
  readonly what: string
  /** Called once no other process can write to the profile. */
  readonly onHeld?: (() => void) | undefined
  readonly secrets?: SecretStore | undefined
  /** A key that is known to open the register and that no keychain could keep; by default the stored key. */
  readonly key?: UnkeptKey | null
  readonly now: () => number
}

interface UnkeptKey {
  readonly key: Uint8Array
  /** For people: why it is not kept. */
  readonly notice: string
}

/**
 * Opens a profile: writer's lock (when writing), keychain, key, register. Throws `Refusal` READ_ONLY when another
 * process writes to it or INVALID for what the system does not read or write, and `RegisterRefused` without a register
 * when none may be created.
 */
export async function openSession(options: OpenSession): Promise<Session> {
  let lock: WriterLock | null = null
  try {
    // Before the lock, which would create the folder.
    findRegister(options.profile, mayCreate(options))
    lock = options.mode === 'write' ? lockFor(options) : null
    if (lock !== null) options.onHeld?.()
    return await openLocked(options, lock)
  } catch (error) {
    lock?.release()
    throw systemRefusal(error, options.profile) ?? error
  }
}

function mayCreate({ mode, create }: OpenSession): boolean {
  return mode === 'write' && create
}

function lockFor(options: OpenSession): WriterLock {
  try {
    return takeWriterLock(options.profile, options.what)
  } catch (error) {
    if (!(error instanceof WriterLockHeld)) throw error
    throw new Refusal('READ_ONLY', error.message, 'Close the other one, or use a verb that only reads.', {
      about: error.holder?.what ?? 'another process',
      cause: error,
    })
  }
}

async function openLocked(options: OpenSession, lock: WriterLock | null): Promise<Session> {
  const { profile, mode } = options
  const paths = profilePaths(profile)
  const registerExists = findRegister(profile, mayCreate(options)) === 'there'
  if (!registerExists) beginCreation(paths)
  const preferences = openPreferences(profile)
  const log = profileLog(async () => {
    const { openLog } = await import('../log/log.ts')
    return openLog(paths.log, { what: options.what, mayTurn: mode === 'write' })
  })
  try {
    return await openLogged(options, { lock, log, preferences, registerExists })
  } catch (error) {
    log.close()
    throw error
  }
}

interface ProfileParts {
  readonly lock: WriterLock | null
  readonly log: ProfileLog
  readonly preferences: Session['preferences']
  readonly registerExists: boolean
}

async function openLogged(
  options: OpenSession,
  { lock, log, preferences, registerExists }: ProfileParts,
): Promise<Session> {
  const { profile, mode, now } = options
  const paths = profilePaths(profile)
  const secrets = options.secrets ?? (await openSecretStore({ profile }))
  const given = unkept(options.key ?? null)
  const key = given ?? (await registerKey({ profile, secrets, registerExists }))
  const notices = listNotices(secrets, key, preferences)
  if (key.state === 'missing') {
    return makeSession(
      options,
      {
        secrets,
        preferences,
        locked: 'noKey',
        register: null,
        key: null,
        lockedReason: key.reason,
        notices,
        end: NOTHING_TO_GUARD,
        log,
      },
      lock,
    )
  }
  const end = guardEnd({ path: paths.journalEnd, key: key.key, secrets, answers: given === null, now })
  // The code that brings a register up to date is loaded only where it may be used.
  const open = mode === 'write' ? (await import('../../register/open.ts')).openRegister : openRegisterToRead
  const register = open({
    path: paths.register,
    key: key.key,
    now,
    onJournaled: end.note,
    onSlow: (query) => log.slow(query),
  })
  if (mode === 'write') rmSync(paths.creating, { force: true })
  if (register.isCopy) notices.push(COPY_NOTICE)
  try {
    const guarded = await end.check(register, mode)
    const opened = {
      secrets,
      preferences,
      locked: null,
      key: key.key,
      lockedReason: null,
      log,
      ...guarded,
      register: heldBy(lock, logged(guarded.register, log)),
    }
    if (mode === 'write') {
      const journalRows = journalHead(register.reader).seq
      log.write('info', 'profile.opened', {
        version: VERSION,
        node: process.version,
        platform: process.platform,
        journalRows,
      })
    }
    if (guarded.end.loss !== null)
      log.write('error', 'register.lost-rows', { ...guarded.end.loss, noted: guarded.end.loss.noted.seq })
    return makeSession(options, { ...opened, notices: [...notices, ...guarded.notices] }, lock)
  } catch (error) {
    register.close()
    throw error
  }
}

/** Every backup is a line of the log, manual or daily. */
function logged(register: Register, log: ProfileLog): Register {
  return {
    ...register,
    copyTo: async (path) => {
      const made = await register.copyTo(path)
      log.write('info', 'backup.made', { bytes: made.bytes, journalRows: made.journalRows })
      return made
    },
  }
}

/** Writes nothing once the lock was removed: there may be a second writer. */
function heldBy(lock: WriterLock | null, register: Register): Register {
  if (lock === null) return register
  const checkHeld = (): void => {
    if (lock.isHeld()) return
    throw new Refusal(
      'CONFLICT',
      'Nothing is written: the file writer.lock of the profile was removed, so another process may be writing to it.',
      'Close every Castellan, and open it again.',
    )
  }
  return {
    ...register,
    transact: (work) => {
      checkHeld()
      return register.transact(work)
    },
    writeBeside: async (work) => {
      checkHeld()
      return register.writeBeside(work)
    },
  }
}

/** From here on an interruption leaves a key without a register, or an empty file, which the next start reuses. */
function beginCreation({ creating, register }: ProfilePaths): void {
  replacePrivateFile(creating, '')
  rmSync(register, { force: true })
}

type SessionParts = Omit<Session, 'profile' | 'sample' | 'mode' | 'close'>

function makeSession(options: OpenSession, opened: SessionParts, lock: WriterLock | null): Session {
  return {
    profile: options.profile,
    // Checked each time: the mark is set while the sample is being loaded.
    get sample() {
      return opened.register !== null && isSample(opened.register.reader)
    },
    mode: options.mode,
    ...opened,
    close: () => {
      try {
        opened.register?.close()
      } finally {
        opened.log.close()
        lock?.release()
      }
    },
  }
}

function unkept(given: UnkeptKey | null): (RegisterKey & { readonly state: 'ready' }) | null {
  return given === null ? null : { ...given, state: 'ready', source: 'keychain', created: false }
}

/**
 * Makes what remains of a session that a person locked: the profile's name, its preferences, and secrets that are
 * sealed. It holds no handle of the register and not the writer's lock.
 */
export function lockedSession({ profile, mode, secrets, preferences }: Session, what: string): Session {
  const log = profileLog(async () => {
    const { openLog } = await import('../log/log.ts')
    return openLog(profilePaths(profile).log, { what, mayTurn: false })
  })
  return {
    profile,
    sample: false,
    mode,
    secrets,
    preferences,
    locked: 'asked',
    register: null,
    key: null,
    lockedReason: null,
    notices: [],
    end: NOTHING_TO_GUARD,
    log,
    close: () => log.close(),
  }
}

/** Why an operation is refused while the register is locked or about to be. */
export function lockedRefusal({ locked, lockedReason }: Pick<Session, 'locked' | 'lockedReason'>): Refusal {
  if (locked === 'noKey') {
    return new Refusal(
      'CONFLICT',
      lockedReason ?? 'The register is locked.',
      'Enter the recovery code of this register.',
    )
  }
  return new Refusal(
    'CONFLICT',
    'Castellan is locked.',
    'Unlock it in its window: through the keychain or with the recovery code.',
  )
}

/**
 * Keeps the key of a recovery code that opens the register of a locked session. Returns null, or the key itself when
 * the keychain rejects it. Throws `Refusal` INVALID for a code that does not match, `RegisterRefused` for a file that
 * no code opens.
 */
export async function acceptCode({ profile, secrets }: Session, code: string): Promise<UnkeptKey | null> {
  const typed = keyOfRecoveryCode(code)
  if (!typed.ok) {
    throw new Refusal('INVALID', typed.reason, 'Type the recovery code again, group by group.', { about: 'code' })
  }
  if (!isRegisterKey(profilePaths(profile).register, typed.key)) {
    throw new Refusal(
      'INVALID',
      'The recovery code is well-formed, but it does not open this register.',
      'Use the code that was shown for this register; each register has its own.',
      { about: 'code' },
    )
  }
  try {
    await keepRegisterKey({ profile, secrets, key: typed.key })
    return null
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    return { key: typed.key, notice: `The register key could not be kept: ${error.message} ${error.hint}` }
  }
}

const COPY_NOTICE: Notice = {
  kind: 'read-only',
  title: 'The profile cannot be written',
  detail:
    'Its disk or folder is read-only, so Castellan reads a copy of the register, encrypted like the register. The copy shows the register as it was when it was opened, and is removed at the end.',
}

function listNotices(secrets: SecretStore, key: RegisterKey, preferences: Preferences): Notice[] {
  const notices: Notice[] = []
  if (secrets.kind === 'memory') {
    notices.push({ kind: 'no-keychain', title: 'No keychain available', detail: secrets.detail })
  }
  if (key.state === 'ready' && key.notice !== null) {
    notices.push(
      key.source === 'file'
        ? { kind: 'register-key-in-file', title: 'The register key is kept in a file', detail: key.notice }
        : { kind: 'keychain', title: 'About the register key', detail: key.notice },
    )
  }
  for (const detail of preferences.notices) {
    notices.push({ kind: 'preferences', title: 'Preferences were not read', detail })
  }
  return notices
}
