import { powerMonitor, type WebContents } from 'electron'

import { newIdleClock, watchIdle } from '../idle.ts'
import { getBusAddresses, type Tray, watchLinuxDesktop } from '../linux/desktop.ts'
import type { ServiceLink } from '../service-link.ts'

/** The kinds of input that a person makes; moving a window under the pointer makes others. */
const USES = new Set(['rawKeyDown', 'keyDown', 'mouseDown', 'mouseMove', 'mouseWheel', 'touchStart', 'touchMove'])

interface MachineListeners {
  /** The system is about to end every application. */
  readonly shutdown: () => void
  /** Reports the state of the desktop's tray; called first at the start. */
  readonly trayChanged: (tray: Tray) => void
}

export interface Machine {
  /** Counts the input of a window, where the desktop reports no time without use. */
  watchWindow(contents: WebContents): void
  close(): Promise<void>
}

/** Reports to the service how long the machine is idle, that it goes to sleep or wakes, and that its screen is locked. */
export function watchMachine(
  service: Pick<ServiceLink<never>, 'idle' | 'away' | 'checkNow' | 'describeLock'>,
  { shutdown, trayChanged }: MachineListeners,
): Machine {
  const away = (): void => service.away()
  powerMonitor.on('suspend', away)
  powerMonitor.on('resume', () => {
    away()
    // Without a lock, notifications that became due during sleep are shown now.
    service.checkNow()
  })
  if (process.platform !== 'win32') powerMonitor.on('shutdown', shutdown)
  if (process.platform !== 'linux') {
    powerMonitor.on('lock-screen', away)
    service.describeLock('A locked screen, sleep and time without use are reported by the system.')
    trayChanged('shown')
    const stop = watchIdle(service, () => powerMonitor.getSystemIdleTime())
    return { watchWindow: () => undefined, close: async () => stop() }
  }
  const desktop = watchLinuxDesktop(
    { away, described: (sentence) => service.describeLock(sentence), trayChanged },
    getBusAddresses(process.env),
  )
  const clock = newIdleClock(async () => (await desktop.idleSeconds()) ?? powerMonitor.getSystemIdleTime())
  const stop = watchIdle(service, () => clock.seconds())
  return {
    watchWindow: (contents) => {
      contents.on('input-event', (_event, { type }) => {
        if (USES.has(type)) clock.used()
      })
    },
    close: async () => {
      stop()
      await desktop.close()
    },
  }
}
