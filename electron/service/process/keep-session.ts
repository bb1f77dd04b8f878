import type { SecretStore } from '../../secrets/secret-store.ts'
import type { SyncRunner } from '../core/syncs.ts'
import { stopSending } from '../core/sending.ts'
import { lockedRefusal, type OpenSession, openSession, type Session } from '../core/session.ts'
import { endTeam, keepTeam } from '../team/gate.ts'

/** The open profile of a service, which changes when another one is opened. */
export interface SessionKeeper {
  readonly get: () => Session
  readonly set: (session: Session) => void
  /** Does work that no other change of the session may meet. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Opens another profile, or the same one again. */
  readonly reopen: (profile: string) => Promise<Session>
  /** Does work on the files of the profile while it is closed. */
  readonly exchange: <T>(work: () => Promise<T>) => Promise<T>
  /** Stops what runs on the register. */
  readonly stopWork: () => Promise<void>
  /** Every store of secrets that this service has. */
  readonly listStores: () => readonly SecretStore[]
}

interface SessionKeeperOptions {
  readonly session: Session
  /** How profiles are opened. */
  readonly open: Omit<OpenSession, 'profile'>
  readonly syncs: SyncRunner
  /** Called when another profile, or the same one, was opened, or its files were exchanged. */
  readonly onOpened: (how: 'reopened' | 'exchanged') => void
}

export function keepSession(options: SessionKeeperOptions): SessionKeeper {
  const { open, syncs, onOpened } = options
  let { session } = options
  /** The credentials of each profile where there is no keychain. They last until this service ends. */
  const kept = new Map<string, SecretStore>()
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const stopWork = async (): Promise<void> => {
    await stopSending(session)
    await syncs.stop()
    await endTeam(session)
    await session.register?.stopCopies()
  }
  return {
    get: () => session,
    set: (next) => {
      session = next
    },
    inTurn,
    reopen: (profile) =>
      inTurn(async () => {
        if (session.locked === 'asked') throw lockedRefusal(session)
        await stopWork()
        const before = session
        await keepEnd(before)
        // A profile has one writer, so its own is released first; another profile is opened first, so that one stays open
        // if that fails.
        if (profile === before.profile) before.close()
        else if (before.secrets.kind === 'memory') kept.set(before.profile, before.secrets)
        try {
          session = await openSession({ ...open, profile, secrets: open.secrets ?? kept.get(profile) })
        } catch (error) {
          keepTeam(before)
          throw error
        }
        if (profile !== before.profile) before.close()
        onOpened('reopened')
        return session
      }),
    exchange: (work) =>
      inTurn(async () => {
        if (session.locked === 'asked') throw lockedRefusal(session)
        await stopWork()
        const { profile, secrets, log } = session
        await log.flush()
        session.close()
        try {
          return await work()
        } finally {
          session = await openSession({ ...open, profile, secrets })
          onOpened('exchanged')
        }
      }),
    stopWork,
    listStores: () => [session.secrets, ...kept.values()],
  }
}

/**
 * A keychain that stopped answering must not keep the service from closing; the file beside the register has the end as
 * well.
 */
export async function keepEnd({ end, mode, log }: Session): Promise<void> {
  if (mode === 'write') await end.keep().catch((error: unknown) => log.fault('keychain.failed', error))
  await log.flush()
}
