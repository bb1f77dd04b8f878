import { createRouterClient, type RouterClient } from '@orpc/server'

import type { Area } from '../../../shared/contract/app.ts'
import type { ShellPreferences } from '../../../shared/contract/control.ts'
import { type Clock, MACHINE_CLOCK } from '../../providers/kit/clock.ts'
import { countDue } from '../../register/today/counts.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { TeamServers } from '../../team/postgres/servers.ts'
import { findClientId, type Context, makeMoment } from '../core/context.ts'
import { newEvents } from '../kit/events.ts'
import { followPreferences } from './follow-preferences.ts'
import type { ServiceHost } from '../kit/host.ts'
import { newSaveTargets } from '../core/save-targets.ts'
import type { Installation } from '../kit/installation.ts'
import { WORTH_SLICING } from '../../register/db/first-slice.ts'
import { newLists } from '../kit/lists.ts'
import { newLock } from '../core/lock.ts'
import { stopSending } from '../core/sending.ts'
import { withClient } from '../core/reach.ts'
import { findObstacle } from './runnable.ts'
import { router, type ServiceRouter } from './router.ts'
import { lockedRefusal, type OpenSession, openSession, type Session } from '../core/session.ts'
import { newSyncRunner } from '../sync/runner.ts'
import { endTeam, keepTeam } from '../team/gate.ts'

type Role = 'window' | 'terminal' | 'runner'

export interface OpenService {
  /** The data folder, absolute. */
  readonly profile: string
  /** `read` takes no lock and changes nothing; it works beside a window. */
  readonly mode: 'read' | 'write'
  /** True if a register is created for a profile without one when it is opened to write; true by default. */
  readonly create?: boolean
  readonly host: ServiceHost
  /** The role for its user; by default that of its host. A runner reads connections when they are due. */
  readonly as?: Role | undefined
  /** Slug of the one client that all operations are limited to; all clients by default. */
  readonly client?: string | undefined
  /** By default the operating system's keychain. */
  readonly secrets?: SecretStore
  /** Milliseconds since the epoch; by default the machine's clock. */
  readonly now?: () => number
  /** How calls to providers wait; by default the machine's clock. */
  readonly clock?: Clock
  /** How servers of teams are reached; by default PostgreSQL. */
  readonly teamServers?: TeamServers
  readonly mostHeldUnasked?: number | undefined
  /** From how many rows on a thread of its own works out the order of a list; by default only for a window. */
  readonly asideFrom?: number | undefined
  /** From which package this program runs; by default as it is found. */
  readonly installation?: Installation
}

/** The owner of one profile's register, with every operation of the contract. */
export interface Service {
  readonly router: ServiceRouter
  readonly context: Context
  /** Calls operations directly, in this process. */
  readonly api: RouterClient<ServiceRouter>
  /** Calls operations limited to one client. */
  readonly getApi: (client: string) => RouterClient<ServiceRouter>
  /** Navigates every window to a route; while it is locked, once that ends. */
  navigate(to: string): void
  /**
   * Calls back with the number of due and overdue keys, now and whenever it may have changed; returns a function that
   * stops it.
   */
  onDue(listener: (count: number) => void): () => void
  /**
   * Calls back with what the desktop applies, now and whenever one of them changed; returns a function that stops it.
   */
  onPreferences(listener: (preferences: ShellPreferences) => void): () => void
  /** Checks reminders, budgets and due keys without waiting for the next hour; does nothing while locked. */
  checkNow(): void
  /** Stops running operations and releases the profile. Closing twice is not an error. */
  close(): Promise<void>
}

function makeCaller(context: Context): RouterClient<ServiceRouter> {
  const { client } = context
  return createRouterClient(router, {
    context,
    interceptors: [
      (call) =>
        client === null
          ? call.next()
          : call.next({ ...call, input: withClient(call.procedure['~orpc'].inputSchema, call.input, client) }),
    ],
  })
}

/** Opens a service on a profile. Throws `Refusal` READ_ONLY when another process writes to it, `RegisterRefused` for a file it cannot use. */
export async function openService(options: OpenService): Promise<Service> {
  const now = options.now ?? Date.now
  const clock = options.clock ?? MACHINE_CLOCK
  const as = options.as ?? (options.host.shell === 'terminal' ? 'terminal' : 'window')
  const open: Omit<OpenSession, 'profile'> = {
    mode: options.mode,
    create: (options.create ?? true) && options.client === undefined,
    what: as,
    onHeld: () => options.host.held?.(),
    secrets: options.secrets,
    now,
  }
  // The lock first: a shell starts its browser as soon as no other process can use the profile.
  const opening = openSession({ ...open, profile: options.profile })
  /** The service's own work. Most verbs of the terminal only read, and load none of it. */
  const loading = options.mode === 'write' ? import('./own-work.ts') : null
  let session: Session = await opening
  const own = await loading
  const obstacle = as === 'runner' ? findObstacle(session) : null
  if (obstacle !== null) {
    session.close()
    throw obstacle
  }
  /** Without a keychain a credential is kept as long as this service runs, whichever profile is open meanwhile. */
  const kept = new Map<string, SecretStore>()
  const events = newEvents()
  const lists = newLists()
  const targets = newSaveTargets()
  const syncs = newSyncRunner({
    now,
    onDone: (ended) => {
      session.log.syncEnded(ended)
      events.changed('sync', 'connection', 'access', 'rotation')
    },
  })
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
  const forgetLists = (): void => {
    lists.clear()
    targets.clear()
  }
  const reopen = (profile: string): Promise<Session> =>
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
      forgetLists()
      settle()
      reminders?.checkSoon()
      return session
    })
  const exchange = <T>(work: () => Promise<T>): Promise<T> =>
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
        lists.clear()
        settle()
      }
    })
  /** The terminal works only when it is called. */
  const staying = as === 'terminal' ? null : own
  let folders: (() => Promise<void>) | null = null
  const watchAgain = (): void => {
    folders = staying?.watchForHost(context) ?? null
  }
  const stopWatching = async (): Promise<void> => {
    const stop = folders
    folders = null
    await stop?.()
  }
  const lock = newLock({
    host: options.host,
    events,
    what: open.what,
    session: () => session,
    setSession: (next) => {
      session = next
    },
    // A register that does not exist when it is to be unlocked is not created again.
    open: (given) => openSession({ ...open, ...given, secrets: open.secrets ?? given.secrets, create: false }),
    inTurn,
    stop: async () => {
      await stopWatching()
      await stopWork()
      forgetLists()
    },
    resume: () => {
      settle()
      watchAgain()
    },
    keepEnd,
    stores: () => [session.secrets, ...kept.values()],
  })
  const context: Context = {
    host: options.host,
    now,
    clock: options.clock,
    teamServers: options.teamServers,
    mostHeldUnasked: options.mostHeldUnasked,
    installation: options.installation,
    events,
    lists,
    asideFrom: options.asideFrom ?? (as === 'window' && options.mode === 'write' ? WORTH_SLICING : Infinity),
    targets,
    syncs,
    client: options.client ?? null,
    session: () => session,
    reopen,
    exchange,
    lock,
  }
  if (options.client !== undefined && session.register !== null) {
    try {
      findClientId(context, options.client)
    } catch (error) {
      session.close()
      throw error
    }
  }
  const settle = (): void => own?.settle(context)
  settle()
  let closing: Promise<void> | null = null
  const reminders = staying?.remind(context)
  watchAgain()
  const stopExchanges = staying?.exchangeRegularly(context, { clock, isRunner: as === 'runner' })
  const stopReading = as === 'runner' ? staying?.startRunner(context, clock) : undefined
  return {
    router,
    context,
    api: makeCaller(context),
    getApi: (client) => makeCaller({ ...context, client }),
    navigate: (to) => {
      if (!lock.keepPlace(to)) events.navigate(to)
    },
    onDue: (listener) => followDue(context, listener),
    onPreferences: (listener) => followPreferences(context, listener),
    checkNow: () => {
      if (lock.isOn() || session.register === null) return
      reminders?.check()
      // Another day may have begun: what is due is counted and read again.
      events.changed('today', 'rotation')
    },
    close: () => {
      closing ??= (async () => {
        reminders?.stop()
        await stopReading?.()
        const end = stopExchanges?.()
        await inTurn(async () => {
          await stopWatching()
          await stopWork()
          await keepEnd(session)
          session.close()
        })
        await end
      })()
      return closing
    },
  }
}

/**
 * A keychain that stopped answering must not keep the service from closing; the file beside the register has the end as
 * well.
 */
async function keepEnd({ end, mode, log }: Session): Promise<void> {
  if (mode === 'write') await end.keep().catch((error: unknown) => log.fault('keychain.failed', error))
  await log.flush()
}

/** Areas in which a change may affect the number of due and overdue keys. */
const DUE_AREAS: ReadonlySet<Area> = new Set(['app', 'rotation', 'access', 'policy', 'client', 'connection'])

function followDue(context: Context, listener: (count: number) => void): () => void {
  const tell = (): void => {
    const { register } = context.session()
    if (register === null || context.lock.isOn()) return listener(0)
    return listener(countDue(register.reader, makeMoment(context)))
  }
  tell()
  return context.events.listen((event) => {
    if (event.type === 'changed' && event.areas.some((area) => DUE_AREAS.has(area))) tell()
  })
}
