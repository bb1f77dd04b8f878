/** What a check of the self-test found. `none`: this machine has nothing to check, or another check failed before it. */
export type CheckState = 'ok' | 'failed' | 'none'

/** What the self-test asks of the process that reaches the keychain for it, as the service does. */
export type ToKeychainTest =
  /** Keeps an entry of its own, reads it back and deletes it. */
  | { readonly type: 'check' }
  /** Deletes the entries of temporary profiles. */
  | { readonly type: 'forget'; readonly profiles: readonly string[] }

/** The answer to each question. */
export interface FromKeychainTest {
  readonly state: CheckState
  readonly detail: string
}
