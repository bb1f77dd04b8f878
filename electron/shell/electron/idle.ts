import { powerMonitor } from 'electron'

import { watchIdle } from '../idle.ts'
import type { ServiceLink } from '../service-link.ts'

/**
 * Reports to the service how long the machine is idle, that it goes to sleep or wakes, and that its screen is locked.
 * `onShutdown` is called when the system is about to end every application.
 */
export function watchMachine(
  service: Pick<ServiceLink<never>, 'idle' | 'away' | 'checkNow'>,
  onShutdown: () => void,
): void {
  watchIdle(service, () => powerMonitor.getSystemIdleTime())
  const away = (): void => service.away()
  powerMonitor.on('suspend', away)
  powerMonitor.on('resume', () => {
    away()
    // Without a lock, notifications that became due during sleep are shown now.
    service.checkNow()
  })
  powerMonitor.on('lock-screen', away)
  powerMonitor.on('shutdown', onShutdown)
}
