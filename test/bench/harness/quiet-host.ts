import type { ServiceHost } from '../../../electron/service/kit/host.ts'

/** A desktop that says nothing and asks nobody. */
export function quietHost(): ServiceHost {
  return {
    shell: 'terminal',
    notify: () => undefined,
    saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
    setTitle: () => undefined,
  }
}
