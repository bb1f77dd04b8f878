/**
 * The result of a check of the self-test. `none`: this machine has nothing to check, or another check failed before it.
 */
export type CheckState = 'ok' | 'failed' | 'none'

/** The request of the self-test to the process that accesses the keychain for it, as the service does. */
export type ToKeychainTest =
  /** Keeps an entry of its own, reads it back and deletes it. */
  | { readonly type: 'check' }
  /** Deletes the entries of temporary profiles. */
  | { readonly type: 'forget'; readonly profiles: readonly string[] }

/** The response to each request. */
export interface FromKeychainTest {
  readonly state: CheckState
  readonly detail: string
}
