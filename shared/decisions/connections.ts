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

const onDevice = z.strictObject({ v: z.literal(1), ...ofConnection, device: z.uuid() })

/**
 * Operations on connections; what syncs show of them is in readings. A credential stays in the keychain of the machine
 * where it was set: rows such as `credential.set` of the journal are that machine's own, and a team exchanges only that a device has one.
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
  /** A device of a team has a credential of the connection. Only the device itself places it; without a team there is none. */
  'credential.held': { areas: ['connection'], body: onDevice },
  /** It has none any more. */
  'credential.gone': { areas: ['connection'], body: onDevice },
  'connection.removed': {
    areas: ['connection', 'access'],
    body: z.strictObject({ v: z.literal(1), ...ofConnection }),
  },
} as const
