import { type SealedText, seal, unseal } from './sealed.ts'

/** Where secrets are kept. Accounts are names such as `connection-3` or `register-key`, unique within one profile. */
export interface SecretStore {
  /**
   * `keychain`: the operating system's. `memory`: lost when the process ends, used without a keychain. `credentials`: set by
   * the administrator of a server, and only read here.
   */
  readonly kind: 'keychain' | 'memory' | 'credentials'
  /** For people: which keychain, or why there is none and what to do. */
  readonly detail: string
  /** Null when there is no such secret. Throws `KeychainError` when the keychain does not answer. */
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  /** Deleting a secret that does not exist is not an error. */
  delete(account: string): Promise<void>
  /** Encrypts what is in memory, so that only this key decrypts it; absent where nothing is in memory. */
  seal?(key: Uint8Array): void
  unseal?(key: Uint8Array): void
}

/** The keychain is locked, missing or refused. `hint` is what to do; neither text contains a secret. */
export class KeychainError extends Error {
  override readonly name = 'KeychainError'
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}

/** Keeps secrets until the process ends. `detail` is why no keychain is used and what to do. */
export function memoryStore(detail: string): SecretStore {
  const secrets = new Map<string, string>()
  const sealed = new Map<string, SealedText>()
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
