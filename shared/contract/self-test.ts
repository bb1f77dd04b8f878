/**
 * The result of a check of the self-test. `none`: this machine has nothing to check, or another check failed before it.
 */
export type CheckState = 'ok' | 'failed' | 'none'

/** The request of the self-test to the process that accesses the keychain and libsodium for it, as the service does. */
export type ToSecretsTest =
  /** Keeps an entry of its own, reads it back and deletes it. */
  | { readonly type: 'check' }
  /** Seals a text for a team and opens it again. */
  | { readonly type: 'seal' }
  /** Deletes the entries of temporary profiles. */
  | { readonly type: 'forget'; readonly profiles: readonly string[] }

/** The response to each request. */
export interface FromSecretsTest {
  readonly state: CheckState
  readonly detail: string
}

/** The jobs of threads beside the service (decision 29): the self-test expects each of them. */
export const JOB_NAMES = [
  'check-register',
  'copy-register',
  'export-register',
  'hash-frozen',
  'import-file',
  'plan-import',
  'read-list',
  'read-usage',
  'write-pack',
] as const
export type JobName = (typeof JOB_NAMES)[number]
