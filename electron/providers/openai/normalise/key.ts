import { z } from 'zod'

import type { KeyFact, KeyOwner, LastUse } from '../../../../shared/domain/facts.ts'
import { toExpiry, toInstant, id, parseRow, part, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const ownerRow = z.object({ id, name: text, email: text })

const keyFields = {
  id,
  name: text,
  redacted_value: text,
  created_at: raw,
  last_used_at: raw,
  expires_at: raw,
}

const projectKeyRow = z.object({
  ...keyFields,
  owner_project_access: word,
  owner: part(z.object({ user: part(ownerRow), service_account: part(ownerRow) })),
})

/** One key of a project. OpenAI has no status: a key that is listed works. */
export function projectKeyReading(row: unknown, project: string): Reading {
  const key = parseRow(projectKeyRow, row)
  if (key === null) return UNREADABLE
  const left: Omission[] = []
  const owner = projectKeyOwner(key.owner)
  const fact: KeyFact = {
    ...commonFields(key, left),
    kind: 'project',
    project,
    ownerState: owner === null ? 'unknown' : 'known',
    owner,
    ownerAccess: toOwnerAccess(key.owner_project_access),
  }
  return { id: key.id, facts: [fact], left }
}

/** Null for a word that is not known. */
function toOwnerAccess(word: string | null): KeyFact['ownerAccess'] {
  return word === 'active' || word === 'inactive' ? word : null
}

type OwnerRow = z.output<typeof ownerRow>

function projectKeyOwner(
  owner: { readonly user: OwnerRow | null; readonly service_account: OwnerRow | null } | null,
): KeyOwner | null {
  if (owner?.user) return getOwner(owner.user, 'user')
  return owner?.service_account ? getOwner(owner.service_account, 'service-account') : null
}

function getOwner(row: OwnerRow, kind: KeyOwner['kind']): KeyOwner {
  return { externalId: row.id, kind, name: row.name, email: row.email }
}

const adminKeyRow = z.object({ ...keyFields, owner: part(ownerRow.extend({ type: word, object: word })) })

/** The data of the lists of project keys that classifies the rows of the list of admin keys. */
export interface ProjectKeysRead {
  /** Ids of all keys that a project lists. */
  readonly ids: ReadonlySet<string>
  /** True if the keys of every project were read to their end. */
  readonly whole: boolean
}

const OF_A_PROJECT: Omission = { harmless: 'A key that a project lists too: it is the project’s key.' }
const UNKNOWN_KIND: Omission = {
  harmless:
    'A key that is an admin key or a project’s: it is of unknown kind, since the keys of some projects could not be read.',
}

/** How the API shows an admin key. A key of a project looks otherwise, also among the admin keys. */
const ADMIN_HINT = /^sk-admin/u

/**
 * One row of the list of admin keys. An admin key is the most powerful credential there is, but live organizations list
 * keys of projects there too, under the same id and in the form of an admin key (cartography, pull request 2511). So a
 * project's word wins; where the keys of a project could not be read, only the key's own form proves an admin key.
 */
export function adminKeyReading(row: unknown, projectKeys: ProjectKeysRead): Reading {
  const key = parseRow(adminKeyRow, row)
  if (key === null) return UNREADABLE
  if (projectKeys.ids.has(key.id)) return { id: key.id, facts: [], left: [OF_A_PROJECT] }
  const left: Omission[] = []
  const isAdmin = projectKeys.whole || ADMIN_HINT.test(key.redacted_value ?? '')
  if (!isAdmin) left.push(UNKNOWN_KIND)
  const isService = key.owner?.type === 'service_account' || key.owner?.object?.endsWith('service_account') === true
  const fact: KeyFact = {
    ...commonFields(key, left),
    kind: isAdmin ? 'admin' : 'unknown',
    project: null,
    ownerState: key.owner === null ? 'unknown' : 'known',
    owner: key.owner === null ? null : getOwner(key.owner, isService ? 'service-account' : 'user'),
    ownerAccess: null,
  }
  return { id: key.id, facts: [fact], left }
}

interface CommonRow {
  readonly id: string
  readonly name: string | null
  readonly redacted_value: string | null
  readonly created_at?: unknown
  readonly last_used_at?: unknown
  readonly expires_at?: unknown
}

function commonFields(key: CommonRow, left: Omission[]) {
  return {
    type: 'key',
    externalId: key.id,
    name: key.name ?? key.id,
    hint: key.redacted_value,
    status: 'active',
    createdAt: toInstant(key, 'created_at', left),
    lastUse: parseLastUse(key, left),
    expiresAt: toExpiry(key, 'expires_at', left),
  } as const
}

/** Null means never; a missing field, or one that is not a date, means unknown. */
function parseLastUse(key: CommonRow, left: Omission[]): LastUse {
  if (key.last_used_at === null) return { state: 'never' }
  const at = toInstant(key, 'last_used_at', left)
  return at === null ? { state: 'not-reported' } : { state: 'known', at }
}
