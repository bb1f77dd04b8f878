import { organizationRead } from './connection.ts'
import type { Reader } from '../db/handles.ts'

/** An organization that a credential opened, and the external ids of what it lists. */
export interface OpenedOrganization {
  /** Null where the provider reports no id. */
  readonly externalId: string | null
  readonly namedByProject?: boolean | undefined
  readonly projects: readonly string[]
  readonly principals: readonly string[]
}

/** Why what a credential opened is not what its connection holds, and what to do. */
export interface Strange {
  readonly message: string
  readonly remediation: string
}

/**
 * Whether a credential opened another organization than the one that a connection holds; null where it is the same, or
 * where nothing tells them apart. Two ids of the provider's own decide alone. Where one is missing, or where an
 * organization goes by one of its projects, their projects decide: ids of projects are of one organization only, while
 * the agency's people are members of many. One in common makes it the same, none in common makes it another, however
 * much else fits. Only where no project of the connection is known yet does the member whose id it holds decide
 * (connections of OpenRouter held the maker of their key).
 */
export function strangeOrganization(reader: Reader, connectionId: number, opened: OpenedOrganization): Strange | null {
  const held = organizationRead(reader, connectionId)
  const { externalId } = opened
  if (held !== null && held === externalId) return null
  if (held !== null && externalId !== null && opened.namedByProject !== true) return strange(externalId, held, null)
  const known = new Set(reader.column<string>(LISTED_PROJECTS, [connectionId]))
  if (known.size > 0 && opened.projects.length > 0) {
    return opened.projects.some((id) => known.has(id)) ? null : strange(externalId, held, known.size)
  }
  if (held === null || externalId === null || known.size > 0) return null
  return opened.principals.includes(held) ? null : strange(externalId, held, null)
}

/** Every project that a list of the provider ever held; those that a file names may have ids of their own. */
const LISTED_PROJECTS = `SELECT DISTINCT p.external_id FROM project p JOIN project_version v ON v.project_id = p.id
  WHERE p.connection_id = ? AND v.source = 'projects'`

function strange(opened: string | null, held: string | null, projects: number | null): Strange {
  const which = held ?? 'the one whose projects are known'
  const without = projects === 1 ? 'the one project' : `any of the ${projects} projects`
  return {
    message:
      opened !== null && held !== null
        ? `The credential opens the organization ${opened}, but this connection holds ${held}.`
        : `The credential opens another organization${opened === null ? '' : ` (${opened})`}: it does not list ${without} that this connection holds.`,
    remediation: `Add a connection for ${opened ?? 'the other organization'}, or set a credential of ${which}.`,
  }
}
