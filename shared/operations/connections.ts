import { z } from 'zod'

import { CONNECTION_ACCESS } from '../domain/connection.ts'
import { localNumber, localPath, uid } from './kind.ts'

const ofConnection = { connection: localNumber, connectionUid: uid }

/** What people set of a connection. */
const described = {
  label: z.string(),
  /** Null: the provider's own address. */
  baseUrl: z.string().nullable(),
  access: z.enum(CONNECTION_ACCESS),
  /** The file that it reads on the machine of the operator. */
  path: localPath,
}

/**
 * Operations on connections; what syncs show of them is in readings. Nothing about a credential is an operation: a
 * credential stays in the keychain of the machine where it was set, and rows `credential.*` of the journal are that
 * machine's own.
 */
export const CONNECTION_OPERATIONS = {
  /** Also of a provider that files alone bring in. `platform`: what its file described then. */
  'connection.added': {
    areas: ['connection'],
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
    areas: ['connection'],
    body: z.strictObject({ v: z.literal(1), ...ofConnection, ...z.strictObject(described).partial().shape }),
  },
  'connection.removed': {
    areas: ['connection', 'access'],
    body: z.strictObject({ v: z.literal(1), ...ofConnection }),
  },
} as const
