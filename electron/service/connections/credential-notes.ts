import { parseOrigin } from '../../../shared/domain/base-url.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { setCredentialFacts } from '../../register/connections/local.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { Commit } from '../core/context.ts'
import { getAddress } from '../core/credentials.ts'
import { decideCustody } from '../core/custody.ts'

/** The store of secrets has a credential of the connection. */
export function noteSet(
  act: Commit,
  connection: StoredConnection,
  { hint, kept }: { readonly hint: string; readonly kept: SecretStore['kind'] },
): void {
  const { writer, at, note } = act
  setCredentialFacts(writer, connection.id, { hint, at })
  note({
    action: connection.credentialHint === null ? 'credential.set' : 'credential.replaced',
    client: connection.client.slug,
    subject: connection.label,
    body: { connection: connection.id, hint, before: connection.credentialHint, kept },
  })
  decideCustody(act, new Map([[connection.id, true]]))
}

/**
 * The store of secrets has no credential of the connection any more. `movedTo`: the connection's current address, which
 * the credential was not given for.
 */
export function noteRemoved(act: Commit, connection: StoredConnection, movedTo?: string): void {
  const { writer, note } = act
  setCredentialFacts(writer, connection.id, null)
  const moved =
    movedTo === undefined ? {} : { givenFor: parseOrigin(getAddress(connection)), movedTo: parseOrigin(movedTo) }
  note({
    action: 'credential.removed',
    client: connection.client.slug,
    subject: connection.label,
    body: { connection: connection.id, hint: connection.credentialHint, ...moved },
  })
  decideCustody(act, new Map([[connection.id, false]]))
}
