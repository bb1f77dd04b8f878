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

/** Why a credential does not open the organization of its connection, and what to do. */
export interface Strange {
  readonly message: string
  readonly remediation: string
}

/**
 * Returns how a credential opened another organization than that of its connection; null where it is the same, or where
 * nothing distinguishes them. If the provider reports both organization ids, these decide. If one is missing, or if an
 * organization is identified by one of its projects, the projects decide: a project id belongs to one organization
 * only, while the agency's people are members of many. One common project makes it the same organization; no common
 * project makes it another, whatever else matches. Only where no project of the connection is known yet does the member
 * whose id it holds decide (OpenRouter connections held the creator of their key).
 */
export function findOtherOrganization(
  reader: Reader,
  connectionId: number,
  opened: OpenedOrganization,
): Strange | null {
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

/** Every project that a list of the provider ever reported; projects in a file may have ids of their own. */
const LISTED_PROJECTS = `SELECT DISTINCT p.external_id FROM project_history p
  WHERE p.connection_id = ? AND p.source = 'projects'`

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
