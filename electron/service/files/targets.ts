import { platformName, providerName } from '../../../shared/domain/providers/providers.ts'
import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { invalid } from '../kit/refusal.ts'

/** An organization as a file names it. */
export interface NamedOrganization {
  readonly heading: string
  readonly provider: string
  readonly organizationId: string | null
}

export type Target =
  | { readonly ok: true; readonly connection: StoredConnection | null }
  /** Nothing of the organization can be imported, and why. */
  | { readonly ok: false; readonly reason: string }

/** The connection of a client that a section of a register goes into; null when one has to be made. */
export function readTarget(reader: Reader, client: string, named: NamedOrganization): Target {
  const own = listConnections(reader, { client }).filter((c) => isOfProvider(c, named))
  if (named.organizationId === null) return withoutId(own, named)
  const known = own.find((c) => c.organizationId === named.organizationId)
  if (known) return { ok: true, connection: known }
  const elsewhere = listConnections(reader, {}).find(
    (c) => isOfProvider(c, named) && c.organizationId === named.organizationId,
  )
  if (elsewhere) {
    return {
      ok: false,
      reason: `The organization belongs to a connection of another client, ${elsewhere.client.name}. Import it there.`,
    }
  }
  // A connection that was added and never synced does not know its organization yet.
  const [unread, ...others] = own.filter((c) => c.organizationId === null)
  return { ok: true, connection: unread && others.length === 0 ? unread : null }
}

/** A register names the platform that a file describes, not the file. */
function isOfProvider({ provider, platform }: StoredConnection, named: NamedOrganization): boolean {
  return provider === named.provider || platformName(provider, platform).toLowerCase() === named.provider.toLowerCase()
}

function withoutId(own: readonly StoredConnection[], named: NamedOrganization): Target {
  const [only, ...others] = own
  if (!only || others.length === 0) return { ok: true, connection: only ?? null }
  const nameless = own.filter((c) => c.organizationId === null)
  const [one] = nameless
  if (one && nameless.length === 1) return { ok: true, connection: one }
  return {
    ok: false,
    reason: `The client has ${own.length} connections of ${providerName(named.provider)}. Write the organization’s ID into the heading, as in “OpenAI (org-acme-corp)”.`,
  }
}

/** The connection that a CSV goes into; null when one has to be made. Throws `Refusal` INVALID when it is not clear which. */
export function csvConnection(
  reader: Reader,
  client: string,
  asked: { readonly connection: number | undefined; readonly provider: string },
): StoredConnection | null {
  const own = listConnections(reader, { client })
  if (asked.connection !== undefined) {
    const chosen = own.find((c) => c.id === asked.connection)
    if (chosen) return chosen
    throw invalid(
      'connection',
      `The client has no connection ${asked.connection}.`,
      'List the connections of the client.',
    )
  }
  const [only, ...others] = own.filter((c) => c.provider === asked.provider)
  if (others.length === 0) return only ?? null
  throw invalid(
    'connection',
    `The client has ${others.length + 1} connections of ${providerName(asked.provider)}.`,
    'Choose the connection that the file is imported into.',
  )
}
