import type { ServiceHost } from '../../../electron/service/kit/host.ts'

/** A desktop that shows no notification and asks no question. */
export function quietHost(): ServiceHost {
  return {
    shell: 'terminal',
    notify: () => undefined,
    saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
    setTitle: () => undefined,
  }
}
