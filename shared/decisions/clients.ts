import { z } from 'zod'

import { type Client, client } from '../contract/clients.ts'
import { decisionsOn } from './fold.ts'
import { LEAD, uid } from './kind.ts'

const described = client.pick({ name: true, kind: true, colour: true, domains: true, notes: true }).shape

/** Operations on clients. The row's `client` names it by its slug, which never changes. */
export const CLIENT_OPERATIONS = {
  'client.added': {
    words: 'Client added',
    areas: ['client'],
    right: LEAD,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), clientUid: uid, ...described }),
  },
  /** Fields that are left out stay unchanged; of two operations on a field, the later one holds. */
  'client.changed': {
    words: 'Client changed',
    areas: ['client', 'access'],
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...z.strictObject(described).partial().shape }),
  },
  'client.archived': {
    words: 'Client archived',
    areas: ['client', 'access'],
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), reason: z.string().min(1).exactOptional() }),
  },
  'client.restored': {
    words: 'Client restored',
    areas: ['client', 'access'],
    right: LEAD,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1) }),
  },
} as const

export interface StoredClient extends Pick<Client, 'slug' | 'name' | 'kind' | 'colour' | 'domains' | 'notes'> {
  readonly uid: string
  readonly created_at: number
  readonly archived_at: number | null
}

export const CLIENTS = decisionsOn<StoredClient, typeof CLIENT_OPERATIONS>({
  table: 'client',
  makes: ['client.added'],
  key: { of: ({ client: slug }) => slug ?? '', in: ({ slug }) => slug },
  folds: {
    'client.added': (known, { client: slug, at, body }) => {
      const { v: _, clientUid: uid, ...given } = body
      if (known !== null && known.uid !== uid) return known
      return { slug: slug ?? '', uid, ...given, created_at: at, archived_at: null }
    },
    'client.changed': (known, { body }) => {
      const { v: _, ...given } = body
      return known && { ...known, ...(given as Partial<StoredClient>) }
    },
    'client.archived': (known, { at }) => known && { ...known, archived_at: at },
    'client.restored': (known) => known && { ...known, archived_at: null },
  },
})
