/** What Castellan may do at the provider. */
export const CONNECTION_ACCESS = ['read-only', 'read-write'] as const
export type ConnectionAccess = (typeof CONNECTION_ACCESS)[number]

/**
 * `stored`: in the keychain. `session`: in memory until the application closes, where no keychain is available.
 * `not-needed`: the connection reads a file.
 */
export const CREDENTIAL_STATES = ['none', 'stored', 'session', 'not-needed'] as const
export type CredentialState = (typeof CREDENTIAL_STATES)[number]

/** Whether a sync could read a source. */
export const CAPABILITY_STATES = ['readable', 'denied', 'unavailable', 'failed'] as const
export type CapabilityState = (typeof CAPABILITY_STATES)[number]

export const SYNC_STATES = ['complete', 'partial', 'failed', 'cancelled'] as const

export const SYNC_ORIGINS = ['api', 'file'] as const
export type SyncOrigin = (typeof SYNC_ORIGINS)[number]
