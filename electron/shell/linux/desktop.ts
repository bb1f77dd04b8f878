import { type Bus, connectBus } from './bus.ts'
import { getSessionBus, getSystemBus } from './bus-address.ts'
import { findIdleSource, type IdleSource } from './idle-source.ts'
import { hasScreenSaver, watchLogind, watchScreenSavers } from './screen.ts'
import { watchTray } from './tray-watcher.ts'

/** The state of the desktop's tray. A desktop that shows no icons yet may do so later; one without D-Bus never does. */
export type Tray = 'shown' | 'awaited' | 'none'

/** The listeners for what a desktop of Linux reports over D-Bus. */
export interface LinuxListeners {
  /** The machine goes to sleep or wakes, or its screen is locked. */
  away(): void
  /** A sentence for people about what the desktop reports; called again when that changes. */
  described(sentence: string): void
  /** Reports that the desktop began or ceased to show icons of applications. */
  readonly trayChanged?: (tray: Tray) => void
}

export interface LinuxDesktop {
  /** Seconds since a person used the machine; null where the desktop does not report it. */
  idleSeconds(): Promise<number | null>
  /** Ends the connections. */
  close(): Promise<void>
}

/** The buses of a session; a session bus is null where there is none. */
export interface BusAddresses {
  readonly system: string
  readonly session: string | null
  /** The session of logind, where the environment names it. */
  readonly sessionId?: string | undefined
}

export function getBusAddresses(env: NodeJS.ProcessEnv): BusAddresses {
  return { system: getSystemBus(env), session: getSessionBus(env), sessionId: env['XDG_SESSION_ID'] }
}

/** Listens to logind, the screen saver, the source of idleness and the tray, as far as the desktop has them. */
export function watchLinuxDesktop(listeners: LinuxListeners, addresses: BusAddresses): LinuxDesktop {
  const buses = new Set<Bus>()
  let isClosed = false
  let hasSystem = false
  let hasSession = false
  let idle: IdleSource | null = null
  let logind = false
  let screenSaver = false
  let described = ''
  let tray: Tray | null = null
  /** Looks for what the session bus reports now: at login, a desktop may start it after this application. */
  let findSources = async (): Promise<void> => undefined

  const describe = (): void => {
    const sentence = describeReports({ logind, screenSaver, idle: idle?.name ?? null })
    if (isClosed || sentence === described) return
    described = sentence
    listeners.described(sentence)
  }
  const setTray = (now: Tray): void => {
    if (isClosed || now === tray) return
    tray = now
    listeners.trayChanged?.(now)
  }
  const open = async (address: string, onEnd: () => void): Promise<Bus> => {
    const bus = await connectBus(address)
    if (isClosed) bus.close()
    buses.add(bus)
    void followEnd(bus, onEnd)
    return bus
  }
  async function followEnd(bus: Bus, onEnd: () => void): Promise<void> {
    await bus.ended
    buses.delete(bus)
    if (isClosed) return
    onEnd()
    describe()
  }
  const watchSystem = async (): Promise<void> => {
    const bus = await open(addresses.system, () => {
      hasSystem = false
      logind = false
    })
    hasSystem = true
    try {
      await watchLogind(bus, addresses.sessionId, () => listeners.away())
      logind = true
    } catch (error) {
      // One that starts later is found by a connection of its own.
      bus.close()
      throw error
    }
  }
  const watchSession = async (address: string): Promise<void> => {
    const bus = await open(address, () => {
      hasSession = false
      screenSaver = false
      idle = null
      findSources = async () => undefined
      setTray('none')
    })
    hasSession = true
    if (listeners.trayChanged !== undefined) await watchTray(bus, (hasTray) => setTray(hasTray ? 'shown' : 'awaited'))
    await watchScreenSavers(bus, () => listeners.away())
    findSources = async () => {
      screenSaver = await hasScreenSaver(bus)
      idle = await findIdleSource(bus)
    }
    await findSources()
  }
  const { session } = addresses
  /** Connects to the buses that it is not connected to: one may have ended, or begin later than this application. */
  const connect = async (): Promise<void> => {
    await Promise.allSettled([
      hasSystem ? undefined : watchSystem(),
      hasSession || session === null ? undefined : watchSession(session),
    ])
    if (!hasSession) setTray('none')
    describe()
  }
  const started = connect()
  let connecting: Promise<void> = started
  let isConnecting = true
  const connectAgain = async (): Promise<void> => {
    if (isConnecting || isClosed || (hasSystem && (hasSession || session === null))) return
    isConnecting = true
    connecting = connect()
    await connecting.finally(() => (isConnecting = false))
  }
  void started.finally(() => (isConnecting = false))

  return {
    idleSeconds: async () => {
      void connectAgain()
      const seconds = await getSeconds(idle)
      if (seconds !== null) return seconds
      idle = null
      await findSources().catch(() => undefined)
      describe()
      return getSeconds(idle)
    },
    close: async () => {
      isClosed = true
      await connecting
      const ends = [...buses].map((bus) => bus.ended)
      for (const bus of buses) bus.close()
      await Promise.all(ends)
    },
  }
}

export interface LinuxReport {
  readonly sentence: string
  readonly tray: Tray
  /** True if a locked screen is reported. */
  readonly hasScreen: boolean
}

/** Asks the desktop what it reports, and ends the connections. */
export async function readLinuxDesktop(addresses: BusAddresses): Promise<LinuxReport> {
  const described = Promise.withResolvers<string>()
  let tray: Tray = 'none'
  const desktop = watchLinuxDesktop(
    { away: () => undefined, described: described.resolve, trayChanged: (now) => (tray = now) },
    addresses,
  )
  const sentence = await described.promise
  await desktop.close()
  return { sentence, tray, hasScreen: !sentence.startsWith(UNREPORTED) }
}

/** Null also for an answer that is not a time. */
async function getSeconds(source: IdleSource | null): Promise<number | null> {
  const seconds = source === null ? null : await source.seconds().catch(() => null)
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}

interface Reports {
  readonly logind: boolean
  readonly screenSaver: boolean
  readonly idle: string | null
}

const UNREPORTED = 'A locked screen and sleep are not reported'

/** Describes for people what a desktop of Linux reports. */
export function describeReports({ logind, screenSaver, idle }: Reports): string {
  const screen = [...(logind ? ['logind'] : []), ...(screenSaver ? ['the screen saver'] : [])].join(' and ')
  const first =
    screen === ''
      ? `${UNREPORTED}: no logind and no screen saver answers over D-Bus`
      : logind
        ? `A locked screen and sleep are reported by ${screen} over D-Bus`
        : `A locked screen is reported by ${screen} over D-Bus; sleep is not, since logind does not answer`
  return `${first}. ${idle === null ? 'Time without use is counted in this window, unless the desktop reports it' : `Time without use is reported by ${idle}`}.`
}
