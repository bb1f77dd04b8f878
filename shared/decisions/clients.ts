import { z } from 'zod'

import { client } from '../contract/clients.ts'
import { uid } from './kind.ts'

const described = client.pick({ name: true, kind: true, colour: true, domains: true, notes: true }).shape

/** Operations on clients. The row's `client` names it by its slug, which never changes. */
export const CLIENT_OPERATIONS = {
  'client.added': { areas: ['client'], body: z.strictObject({ v: z.literal(1), clientUid: uid, ...described }) },
  /** Fields that are left out stay unchanged; of two operations on a field, the later one holds. */
  'client.changed': {
    areas: ['client', 'access'],
    body: z.strictObject({ v: z.literal(1), ...z.strictObject(described).partial().shape }),
  },
  'client.archived': {
    areas: ['client', 'access'],
    body: z.strictObject({ v: z.literal(1), reason: z.string().min(1).exactOptional() }),
  },
  'client.restored': { areas: ['client', 'access'], body: z.strictObject({ v: z.literal(1) }) },
} as const
