import { type Sealed, seal, unseal } from './sealed.ts'
import type { SecretStore } from './secret-store.ts'

/** Keeps secrets until the process ends. `detail` says why there is no keychain and what to do. */
export function memoryStore(detail: string): SecretStore {
  const secrets = new Map<string, string>()
  const sealed = new Map<string, Sealed>()
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
    seal: (key) => {
      for (const [account, secret] of secrets) sealed.set(account, seal(key, secret))
      secrets.clear()
    },
    unseal: (key) => {
      for (const [account, each] of sealed) {
        const secret = unseal(key, each)
        if (secret !== null) secrets.set(account, secret)
      }
      sealed.clear()
    },
  }
}
