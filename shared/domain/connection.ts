/** The rights of Castellan at the provider. */
export const CONNECTION_ACCESS = ['read-only', 'read-write'] as const
export type ConnectionAccess = (typeof CONNECTION_ACCESS)[number]

/**
 * `stored`: in the keychain. `session`: in memory until the application closes, where no keychain is available.
 * `not-needed`: the connection reads a file.
 */
export const CREDENTIAL_STATES = ['none', 'stored', 'session', 'not-needed'] as const
export type CredentialState = (typeof CREDENTIAL_STATES)[number]

/** The result of a sync's attempt to read a source. */
export const CAPABILITY_STATES = ['readable', 'denied', 'unavailable', 'failed'] as const
export type CapabilityState = (typeof CAPABILITY_STATES)[number]

/** The longest label of a connection, in characters. */
const LONGEST_LABEL = 120

/**
 * The label of a connection unless a person gives one; the client makes it clear in every list and message.
 *
 * @example defaultLabel('Acme Corp', 'OpenAI', ['Acme Corp on OpenAI']) // 'Acme Corp on OpenAI 2'
 */
export function defaultLabel(client: string, provider: string, taken: readonly string[]): string {
  const label = (n: number): string => {
    const end = ` on ${provider}${n === 1 ? '' : ` ${n}`}`
    return `${client.slice(0, LONGEST_LABEL - end.length)}${end}`
  }
  let n = 1
  while (taken.includes(label(n))) n += 1
  return label(n)
}

export const SYNC_STATES = ['complete', 'partial', 'failed', 'cancelled'] as const

export const SYNC_ORIGINS = ['api', 'file'] as const
export type SyncOrigin = (typeof SYNC_ORIGINS)[number]
