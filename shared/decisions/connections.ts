import { z } from 'zod'

import { CONNECTION_ACCESS, type ConnectionAccess } from '../domain/connection.ts'
import { decisionsOn } from './fold.ts'
import { LEAD, localNumber, localPath, OPERATOR, uid } from './kind.ts'

const ofConnection = { connection: localNumber, connectionUid: uid }

/** The fields of a connection that people set. */
const described = {
  label: z.string(),
  /** Null: the provider's own address. */
  baseUrl: z.string().nullable(),
  access: z.enum(CONNECTION_ACCESS),
  /** The file that it reads on the machine of the operator. */
  path: localPath,
}

const onDevice = z.strictObject({ v: z.literal(1), ...ofConnection, device: z.uuid() })

/** Operations on connections; what syncs show of them is in readings. */
export const CONNECTION_OPERATIONS = {
  /** Also of a provider that files alone bring in. `platform`: what its file described then. */
  'connection.added': {
    words: 'Connection added',
    areas: ['connection'],
    right: LEAD,
    conflict: 'merge',
    body: z.strictObject({
      v: z.literal(1),
      ...ofConnection,
      provider: z.string().min(1),
      platform: z.string().nullable(),
      organizationId: z.string().nullable(),
      ...described,
    }),
  },
  /** Fields that are left out stay unchanged; of two operations on a field, the later one holds. */
  'connection.changed': {
    words: 'Connection changed',
    areas: ['connection'],
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofConnection, ...z.strictObject(described).partial().shape }),
  },
  'connection.removed': {
    words: 'Connection removed',
    areas: ['connection', 'access'],
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...ofConnection }),
  },
} as const

/**
 * A credential stays in the keychain of the machine where it was set: rows such as `credential.set` of the journal are that machine's
 * own, and a team exchanges only that a device has one.
 */
export const CUSTODY_OPERATIONS = {
  /** A device of a team has a credential of the connection. Only the device itself places it; without a team there is none. */
  'credential.held': {
    words: 'Credential kept on a device',
    areas: ['connection'],
    right: OPERATOR,
    conflict: 'last',
    body: onDevice,
  },
  /** It has none any more. */
  'credential.gone': {
    words: 'Credential removed from a device',
    areas: ['connection'],
    right: OPERATOR,
    conflict: 'last',
    body: onDevice,
  },
} as const

/** A connection without what its provider reports of it. */
export interface StoredConnection {
  readonly uid: string
  /** Slug. */
  readonly client: string
  readonly provider: string
  readonly label: string
  readonly base_url: string | null
  readonly access: ConnectionAccess
  readonly created_at: number
  readonly removed_at: number | null
}

export const CONNECTIONS = decisionsOn<StoredConnection, typeof CONNECTION_OPERATIONS>({
  table: 'connection',
  makes: ['connection.added'],
  key: { of: ({ body }) => body.connectionUid, in: ({ uid }) => uid },
  folds: {
    // A connection that exists is not added again.
    'connection.added': (known, { client, at, body }) => {
      const { connectionUid, provider, label, baseUrl, access } = body
      const place = { uid: connectionUid, client: client ?? '', provider, created_at: at, removed_at: null }
      return known ?? { ...place, label, base_url: baseUrl, access }
    },
    'connection.changed': (known, { body }) => {
      if (known === null) return null
      const { label = known.label, baseUrl = known.base_url, access = known.access } = body
      return { ...known, label, base_url: baseUrl, access }
    },
    'connection.removed': (known, { at }) => known && { ...known, removed_at: at },
  },
})

/** A device that has a credential of a connection, by their uids. */
export interface StoredCustodian {
  readonly connection: string
  readonly device: string
  readonly since: number
}

export const CUSTODIANS = decisionsOn<StoredCustodian, typeof CUSTODY_OPERATIONS>({
  table: 'custodian',
  key: {
    of: ({ body: { connectionUid, device } }) => `${connectionUid} ${device}`,
    in: ({ connection, device }) => `${connection} ${device}`,
  },
  folds: {
    'credential.held': (_, { at: since, body: { connectionUid: connection, device } }) => ({
      connection,
      device,
      since,
    }),
    'credential.gone': () => null,
  },
})
