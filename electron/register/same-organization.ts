import { organizationRead } from './connection.ts'
import type { Reader } from './handles.ts'

/** An organization that a credential opened, and the external ids of what it lists. */
export interface OpenedOrganization {
  readonly externalId: string
  readonly namedByProject?: boolean | undefined
  readonly projects: readonly string[]
  readonly principals: readonly string[]
}

/**
 * The id of the organization that a connection holds where a credential opened another one; null where it is the same, or
 * where none was read yet. An id of the provider's own decides alone. Where an organization goes by one of its projects,
 * one project in common makes it the same: ids of projects are of one organization only, while the agency's people are
 * members of many. Only where no project of the connection is known yet does the member whose id it holds decide
 * (connections of OpenRouter held the maker of their key).
 */
export function organizationHeldInstead(
  reader: Reader,
  connectionId: number,
  opened: OpenedOrganization,
): string | null {
  const held = organizationRead(reader, connectionId)
  if (held === null || held === opened.externalId) return null
  if (opened.namedByProject !== true) return held
  const known = new Set(
    reader.column<string>('SELECT external_id FROM project WHERE connection_id = ?', [connectionId]),
  )
  const isSame = known.size === 0 ? opened.principals.includes(held) : opened.projects.some((id) => known.has(id))
  return isSame ? null : held
}
