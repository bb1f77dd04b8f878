import type { ServiceHost } from '../service/host.ts'
import type { OpenSession } from './run.ts'

/** A terminal has no desktop to ask or to tell. */
const host: ServiceHost = {
  shell: 'terminal',
  notify: () => undefined,
  saveTarget: async ({ suggestedName }) => ({ outcome: 'unsupported', suggestedPath: suggestedName }),
  setTitle: () => undefined,
}

/** Opens the service in this process. It is loaded only now, so that help and misuse answer at once. */
export const openSession: OpenSession = async ({ profile, mode }) => {
  const { openService } = await import('../service/open.ts')
  const service = await openService({ profile, mode, host })
  return {
    api: service.api,
    fillWithSample: async () => {
      const { registerOf, todayOf } = await import('../service/context.ts')
      const { loadSample } = await import('../service/sample/load.ts')
      loadSample(registerOf(service.context), { today: todayOf(service.context), now: service.context.now() })
    },
    close: () => service.close(),
  }
}
