import { checkCredential, credentialHint } from '../../../shared/domain/credential.ts'
import { isProviderId, type ProviderId } from '../../../shared/domain/provider.ts'
import type { Access } from '../../providers/provider.ts'
import type { StoredConnection } from '../../register/connection.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'

/** The name of a connection's credential in the keychain. */
export function credentialAccount(connectionId: number): string {
  return `connection-${connectionId}`
}

/** A provider that the application can call. Throws `Refusal` CONFLICT for one that only files bring in. */
export function callable(connection: Pick<StoredConnection, 'provider' | 'label'>): ProviderId {
  if (isProviderId(connection.provider)) return connection.provider
  throw new Refusal(
    'CONFLICT',
    `${connection.label} is of the provider ${connection.provider}, which is read from files only.`,
    'Import a file into it instead.',
  )
}

/** The secret without white space around it. Throws `Refusal` INVALID, saying what was pasted instead of an admin key. */
export function acceptedCredential(
  provider: ProviderId,
  text: string,
): { readonly secret: string; readonly hint: string } {
  const check = checkCredential(provider, text)
  if (!check.ok) {
    throw new Refusal('INVALID', check.reason, 'Make an admin key in the console of the organization and paste that.', {
      about: 'credential',
    })
  }
  const secret = text.trim()
  return { secret, hint: credentialHint(provider, secret) }
}

/** The stored credential. Throws `Refusal` CONFLICT when there is none. */
export async function storedCredential(context: Context, connection: StoredConnection): Promise<string> {
  const secret = await context.session().secrets.get(credentialAccount(connection.id))
  if (secret !== null) return secret
  throw new Refusal(
    'CONFLICT',
    `${connection.label} has no credential.`,
    'Set the admin key of this connection first, or give one for this run.',
  )
}

/**
 * How to reach the organization of a connection, with the credential given for this run or the stored one; a file needs
 * none. Throws `Refusal` when there is none.
 */
export async function accessOf(context: Context, connection: StoredConnection, given?: string): Promise<Access> {
  const { baseUrl, path } = connection
  const provider = callable(connection)
  if (provider === 'file' && given === undefined) return { credential: '', baseUrl: null, path }
  const credential =
    given === undefined ? await storedCredential(context, connection) : acceptedCredential(provider, given).secret
  return { credential, baseUrl, ...(context.clock === undefined ? {} : { clock: context.clock }) }
}

export type CredentialState = 'none' | 'stored' | 'session' | 'not-needed'

/** Where a credential lies now. A keychain is not asked: what was stored there is on record. */
export async function credentialState(secrets: SecretStore, connection: StoredConnection): Promise<CredentialState> {
  if (connection.provider === 'file') return 'not-needed'
  if (connection.credentialHint === null) return 'none'
  if (secrets.kind === 'keychain') return 'stored'
  return (await secrets.get(credentialAccount(connection.id))) === null ? 'none' : 'session'
}
