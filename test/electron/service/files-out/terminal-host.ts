import type { ServiceHost } from '../../../../electron/service/kit/host.ts'

/** A terminal, as the service sees it. */
export const terminalHost: ServiceHost = {
  shell: 'terminal',
  notify: () => undefined,
  saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
  setTitle: () => undefined,
}
