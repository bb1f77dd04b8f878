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
import { withClient } from '../core/reach.ts'
import type * as ownWork from './own-work.ts'
import { findObstacle } from './runnable.ts'
import { router, type ServiceRouter } from './router.ts'
import { type OpenSession, openSession, type Session } from '../core/session.ts'
import { newSyncRunner } from '../sync/runner.ts'
import { keepEnd, keepSession, type SessionKeeper } from './keep-session.ts'

type OwnWork = typeof ownWork

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

type ProfileOptions = Omit<OpenSession, 'profile'>

/** Opens the profile of a service. The code that only a service needs is loaded here, so that terminal verbs start without it. */
async function openFirst(profile: string, open: ProfileOptions): Promise<{ first: Session; own: OwnWork | null }> {
  // The lock first: a shell starts its browser as soon as no other process can use the profile.
  const opening = openSession({ ...open, profile })
  const loading = open.mode === 'write' ? import('./own-work.ts') : null
  const first = await opening
  const own = await loading
  const obstacle = open.what === 'runner' ? findObstacle(first) : null
  if (obstacle !== null) {
    first.close()
    throw obstacle
  }
  return { first, own }
}

function refuseUnknownClient(context: Context, session: Session): void {
  if (context.client === null) return
  try {
    findClientId(context, context.client)
  } catch (error) {
    session.close()
    throw error
  }
}

/** Watches folders for files to import; `watch` begins it and returns what ends it. */
function newFolderWatch(watch: () => (() => Promise<void>) | null): {
  readonly start: () => void
  readonly stop: () => Promise<void>
} {
  let end: (() => Promise<void>) | null = null
  return {
    start: () => {
      end = watch()
    },
    stop: async () => {
      const stop = end
      end = null
      await stop?.()
    },
  }
}

/** Opens a service on a profile. Throws `Refusal` READ_ONLY when another process writes to it, `RegisterRefused` for a file it cannot use. */
export async function openService(options: OpenService): Promise<Service> {
  const now = options.now ?? Date.now
  const clock = options.clock ?? MACHINE_CLOCK
  const as = options.as ?? (options.host.shell === 'terminal' ? 'terminal' : 'window')
  const open: ProfileOptions = {
    mode: options.mode,
    create: (options.create ?? true) && options.client === undefined,
    what: as,
    onHeld: () => options.host.held?.(),
    secrets: options.secrets,
    now,
  }
  const { first, own } = await openFirst(options.profile, open)
  const events = newEvents()
  const lists = newLists()
  const targets = newSaveTargets()
  const syncs = newSyncRunner({
    now,
    events,
    onEnded: (ended) => sessions.get().log.syncEnded(ended),
  })
  const sessions: SessionKeeper = keepSession({
    session: first,
    open,
    syncs,
    onOpened: (how) => {
      lists.clear()
      if (how === 'reopened') targets.clear()
      settle()
      if (how === 'reopened') reminders?.checkSoon()
    },
  })
  const { inTurn, stopWork } = sessions
  /** The terminal works only when it is called. */
  const staying = as === 'terminal' ? null : own
  const folders = newFolderWatch(() => staying?.watchForHost(context) ?? null)
  const lock = newLock({
    host: options.host,
    events,
    what: open.what,
    session: sessions.get,
    setSession: sessions.set,
    // A register that does not exist when it is to be unlocked is not created again.
    open: (given) => openSession({ ...open, ...given, secrets: open.secrets ?? given.secrets, create: false }),
    inTurn,
    stop: async () => {
      await folders.stop()
      await stopWork()
      lists.clear()
      targets.clear()
    },
    resume: () => {
      settle()
      folders.start()
    },
    keepEnd,
    stores: sessions.listStores,
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
    session: sessions.get,
    reopen: sessions.reopen,
    exchange: sessions.exchange,
    lock,
  }
  if (first.register !== null) refuseUnknownClient(context, first)
  const settle = (): void => own?.settle(context)
  settle()
  let closing: Promise<void> | null = null
  const reminders = staying?.remind(context)
  folders.start()
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
      if (lock.isOn() || sessions.get().register === null) return
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
          await folders.stop()
          await stopWork()
          await keepEnd(sessions.get())
          sessions.get().close()
        })
        await end
      })()
      return closing
    },
  }
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
