import { setTimeout as sleep } from 'node:timers/promises'

import { AREAS } from '../../../shared/contract/app.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { Events } from '../kit/events.ts'
import type { ServiceHost } from '../kit/host.ts'
import { Refusal } from '../kit/refusal.ts'
import { sealSecrets } from './secrets.ts'
import { acceptCode, lockedRefusal, lockedSession, type OpenSession, type Session } from './session.ts'

/** The lock of a service: while it is locked, no register is open, no key is known, and only unlocking is answered. */
export interface Lock {
  /** True if it is locked, from the moment that locking begins. */
  isOn(): boolean
  /**
   * Closes the register and forgets its key; resolves when that is done. Locking twice is not an error, and a register
   * without its key is locked already.
   */
  begin(): Promise<void>
  /**
   * Opens the register again, by a recovery code or with null by the kept key. Returns where the window was. Throws
   * `Refusal` INVALID for a code that does not match, KEYCHAIN when no key is kept.
   */
  end(code: string | null): Promise<string | null>
  /** Remembers the route that the window returns to; false while it is not locked. */
  keepPlace(to: string): boolean
  /** Locks after as many seconds without use as the settings allow. */
  idle(seconds: number): void
  /** Locks when the machine slept or its screen was locked, unless the settings are set to never. */
  away(): void
  /** Runs one call. Throws `Refusal` CONFLICT while locked, also when locking closed the register during the call. */
  watch<T>(operation: string, work: () => Promise<T>): Promise<T>
}

interface LockParts {
  readonly host: ServiceHost
  readonly events: Events
  readonly what: string
  readonly session: () => Session
  readonly setSession: (session: Session) => void
  readonly open: (options: Pick<OpenSession, 'profile' | 'secrets' | 'key'>) => Promise<Session>
  /** Waits for its turn among all operations that close or open a profile. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Stops running operations and the background work of the service. */
  readonly stop: () => Promise<void>
  /** Starts the background work of the service. */
  readonly resume: () => void
  /** Notes outside the register where its journal ends. */
  readonly keepEnd: (session: Session) => Promise<void>
  /** The stores that are in memory without a keychain. */
  readonly stores: () => readonly SecretStore[]
}

/** These are answered while locked: they reveal and need nothing of the register. */
export const WHILE_LOCKED: ReadonlySet<string> = new Set(['app.info', 'app.events', 'app.lock', 'app.unlock'])

/** How long a call may take to end before its register is closed, in milliseconds. */
const LONGEST_WAIT = 5000

const MINUTE_S = 60

export function newLock(parts: LockParts): Lock {
  const { host, events, session } = parts
  const calls = new Set<Promise<unknown>>()
  let locking: Promise<void> | null = null
  let place: string | null = null
  let restore: ReturnType<typeof sealSecrets> | null = null

  const callsEnd = async (patience: number): Promise<void> => {
    await Promise.race([Promise.allSettled(calls), sleep(patience, undefined, { ref: false })])
  }
  /** Only a row that is being read keeps its register open. */
  const close = async (open: Session): Promise<void> => {
    try {
      open.close()
    } catch {
      await Promise.allSettled(calls)
      open.close()
    }
  }
  const lockNow = async (): Promise<void> => {
    host.locked?.()
    host.setTitle('Castellan')
    await parts.stop()
    await callsEnd(LONGEST_WAIT)
    await parts.inTurn(async () => {
      await parts.stop()
      const open = session()
      if (open.register === null || open.key === null) return
      open.log.write('info', 'profile.locked')
      await parts.keepEnd(open)
      await close(open)
      const { key } = open
      restore = sealSecrets(open, key)
      for (const store of parts.stores()) store.seal?.(key)
      key.fill(0)
      parts.setSession(lockedSession(open, parts.what))
    })
    events.changed('app')
  }
  const begin = (): Promise<void> => {
    if (locking === null && session().register === null) return Promise.resolve()
    locking ??= Promise.resolve().then(lockNow)
    return locking
  }
  const beginUnasked = (): void => {
    void begin().catch((error: unknown) => session().log.fault('lock.failed', error))
  }

  const opened = async (before: Session, code: string | null): Promise<Session> => {
    const key = code === null ? null : await acceptCode(before, code)
    // Without its key the session still holds the writer's lock, which the next one takes over.
    if (before.locked === 'noKey') before.close()
    const { profile, secrets } = before
    const after = await parts.open({ profile, key, secrets: secrets.kind === 'memory' ? secrets : undefined })
    if (after.register !== null) return after
    if (before.locked === 'noKey') parts.setSession(after)
    else after.close()
    throw new Refusal(
      'KEYCHAIN',
      after.lockedReason ?? 'The keychain did not give the key of the register.',
      'Unlock the keychain of this desktop session and try again, or use the recovery code.',
    )
  }
  const isOn = (): boolean => locking !== null
  const end = async (code: string | null): Promise<string | null> => {
    // A lock that failed left the register open; unlocking ends that state too.
    await locking?.catch(() => undefined)
    return parts.inTurn(async () => {
      const before = session()
      if (before.register === null) {
        const after = await opened(before, code)
        const { key } = after
        if (key !== null) {
          for (const store of parts.stores()) store.unseal?.(key)
          restore?.(after, key)
        }
        before.close()
        parts.setSession(after)
      } else if (!isOn()) return null
      restore = null
      locking = null
      parts.resume()
      events.changed(...AREAS)
      const to = place
      place = null
      return to
    })
  }

  const minutes = (): number | null => session().preferences.get().lockAfterMinutes
  return {
    isOn,
    begin,
    end,
    keepPlace: (to) => {
      if (isOn()) place = to
      return isOn()
    },
    idle: (seconds) => {
      const after = minutes()
      if (after !== null && seconds >= after * MINUTE_S) beginUnasked()
    },
    away: () => {
      if (minutes() !== null) beginUnasked()
    },
    watch: async (operation, work) => {
      if (WHILE_LOCKED.has(operation)) return work()
      if (isOn()) throw lockedRefusal(session())
      const call = work()
      calls.add(call)
      try {
        return await call
      } catch (error) {
        // The register was closed during the call; its own error is of no use to a person.
        if (isOn() && session().register === null && !(error instanceof Refusal)) throw lockedRefusal(session())
        throw error
      } finally {
        calls.delete(call)
      }
    },
  }
}
