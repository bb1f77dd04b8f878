import type { SecretStore } from './secret-store.ts'

/** Keeps secrets until the process ends. `detail` says why there is no keychain and what to do. */
export function memoryStore(detail: string): SecretStore {
  const secrets = new Map<string, string>()
  return {
    kind: 'memory',
    detail,
    get: async (account) => secrets.get(account) ?? null,
    set: async (account, secret) => {
      secrets.set(account, secret)
    },
    delete: async (account) => {
      secrets.delete(account)
    },
  }
}
