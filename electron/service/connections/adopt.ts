import { parseOrigin } from '../../../shared/domain/base-url.ts'
import { isProviderId, readsFile } from '../../../shared/domain/providers/providers.ts'
import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { toCredentialName } from '../../secrets/credentials-directory.ts'
import { KeychainError } from '../../secrets/secret-store.ts'
import { commit, type Context, getReader } from '../core/context.ts'
import { acceptedCredential, credentialAccount, getAddress, readKept } from '../core/credentials.ts'
import { Refusal } from '../kit/refusal.ts'
import { noteRemoved, noteSet } from './credential-notes.ts'

/** A connection without a usable credential on this server. `problem`: null where none was set. */
export interface Unheld {
  readonly connection: StoredConnection
  /** The name of the credential to set. */
  readonly name: string
  readonly problem: string | null
}

/**
 * Records in the register which credentials the administrator of this server set, replaced or took away outside of
 * Castellan. Does nothing with a store of secrets that Castellan writes itself. Returns the connections that cannot be read
 * here.
 */
export async function adoptCredentials(context: Context): Promise<readonly Unheld[]> {
  const { secrets } = context.session()
  const unheld: Unheld[] = []
  if (secrets.kind !== 'credentials') return unheld
  for (const connection of listConnections(getReader(context), {})) {
    const { provider, credentialHint } = connection
    if (!isProviderId(provider) || readsFile(provider)) continue
    const account = credentialAccount(secrets, connection)
    const found = await readGiven(context, connection, account)
    if ('hint' in found && found.hint !== credentialHint) {
      commit(context, ['connection'], (act) => noteSet(act, connection, { hint: found.hint, kept: secrets.kind }))
    }
    if ('hint' in found) continue
    // One that cannot be read now may be the same; only its absence is a change.
    if (found.problem === null && credentialHint !== null) {
      commit(context, ['connection'], (act) => noteRemoved(act, connection))
    }
    unheld.push({ connection, name: toCredentialName(account), problem: found.problem })
  }
  return unheld
}

type CredentialReading = { readonly hint: string } | { readonly problem: string | null }

async function readGiven(context: Context, connection: StoredConnection, account: string): Promise<CredentialReading> {
  const { provider, label } = connection
  if (!isProviderId(provider)) return { problem: null }
  try {
    const text = await context.session().secrets.get(account)
    if (text === null) return { problem: null }
    const { secret, origin } = readKept(text, provider)
    const own = parseOrigin(getAddress(connection)) ?? ''
    if (origin !== own) {
      const form = JSON.stringify({ secret: '…', origin: own })
      const named = origin === '' ? 'names no address' : `is for ${origin}`
      return { problem: `The credential ${named}, and ${label} leads to ${own}. Write it as ${form}.` }
    }
    return { hint: acceptedCredential(provider, secret).hint }
  } catch (error) {
    if (error instanceof KeychainError || error instanceof Refusal) return { problem: `${error.message} ${error.hint}` }
    throw error
  }
}
