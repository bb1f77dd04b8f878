import { z } from 'zod'

import { baseUrlProblem, parseOrigin } from '../../../shared/domain/base-url.ts'
import { checkCredential, credentialHint } from '../../../shared/domain/providers/credential.ts'
import {
  findProvider,
  isProviderId,
  providerFacts,
  readsFile,
  type ProviderId,
} from '../../../shared/domain/providers/providers.ts'
import type { CredentialState } from '../../../shared/domain/connection.ts'
import { networkObstacle } from '../../providers/kit/network.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { Context } from './context.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Access } from '../../providers/kit/calls.ts'

/**
 * The name of a connection's credential in a store of secrets: by its number in the keychain. Where people name it, by its
 * uid, which no backup that is restored gives to another connection.
 */
export function credentialAccount({ kind }: SecretStore, { id, uid }: Pick<StoredConnection, 'id' | 'uid'>): string {
  return `connection-${kind === 'credentials' ? uid : id}`
}

/** A provider that the application can call. Throws `Refusal` CONFLICT for one that is only imported from files. */
export function callable(connection: Pick<StoredConnection, 'provider' | 'label'>): ProviderId {
  if (isProviderId(connection.provider)) return connection.provider
  throw new Refusal(
    'CONFLICT',
    `${connection.label} belongs to the provider ${connection.provider}, which is read from files only.`,
    'Import a file into it instead.',
  )
}

/**
 * The secret without surrounding white space. Throws `Refusal` INVALID, naming what was pasted instead of an admin key.
 */
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

/** The stored form of a credential: the secret, and the origin that it was given for and may be sent to. */
const keptForm = z.object({ secret: z.string(), origin: z.string() })
type StoredCredential = z.output<typeof keptForm>

/** Keeps a credential for the current address of its connection. */
export async function keepSecret(secrets: SecretStore, connection: StoredConnection, secret: string): Promise<void> {
  const text = JSON.stringify({ secret, origin: parseOrigin(getAddress(connection)) })
  await secrets.set(credentialAccount(secrets, connection), text)
}

/** Deletes the credential of a connection; one that does not exist is not an error. */
export async function forgetSecret(context: Context, connection: Pick<StoredConnection, 'id' | 'uid'>): Promise<void> {
  const { secrets } = context.session()
  await secrets.delete(credentialAccount(secrets, connection))
}

/** A credential that a person sets for the runner may be the secret alone: it is valid for the vendor's own address only. */
export function readKept(text: string, provider: ProviderId): StoredCredential {
  const withOrigin = keptForm.safeParse(parseJson(text))
  if (withOrigin.success) return withOrigin.data
  return { secret: text, origin: parseOrigin(providerFacts(provider).defaultBaseUrl) ?? '' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Where a connection leads: its own base URL, or the vendor's. */
export function getAddress({ provider, baseUrl }: Pick<StoredConnection, 'provider' | 'baseUrl'>): string {
  return baseUrl ?? findProvider(provider)?.defaultBaseUrl ?? ''
}

/**
 * Why a connection may not be called at its address; null when it may. Such an address is not stored, but the register
 * may have been edited.
 */
export function addressProblem({ label, baseUrl }: Pick<StoredConnection, 'label' | 'baseUrl'>): string | null {
  const problem = baseUrl === null ? null : baseUrlProblem(baseUrl)
  return problem === null ? null : `The base URL ${baseUrl} of ${label} is not called. ${problem}`
}

/** Throws `Refusal` CONFLICT for a connection that may not be called at its address. */
export function checkAddress(connection: Pick<StoredConnection, 'label' | 'baseUrl'>): void {
  const problem = addressProblem(connection)
  if (problem !== null) throw new Refusal('CONFLICT', problem, 'Nothing was sent. Correct the base URL.')
}

/** A connection to reach; without a number, one that is not added yet. */
type ConnectionTarget = Pick<StoredConnection, 'provider' | 'label' | 'baseUrl' | 'path'> &
  Partial<Pick<StoredConnection, 'id' | 'uid' | 'credentialHint'>>

/**
 * The stored credential. Throws `Refusal` CONFLICT when the register names none, and when it was given for another
 * origin than the connection's: a changed base URL must not redirect a credential.
 */
async function storedCredential(context: Context, connection: ConnectionTarget): Promise<string> {
  const { id, uid } = connection
  const { secrets } = context.session()
  const text = id === undefined || uid === undefined ? null : await secrets.get(credentialAccount(secrets, { id, uid }))
  const provider = callable(connection)
  const found = text === null ? null : readKept(text, provider)
  // A credential that the register does not name was set for another connection of this number, before a backup was
  // restored.
  if (found === null || credentialHint(provider, found.secret) !== connection.credentialHint) {
    throw new Refusal(
      'CONFLICT',
      `${connection.label} has no credential.`,
      'Set the admin key of this connection first, or give one for this run.',
      { about: 'credential' },
    )
  }
  const { secret, origin } = found
  const own = parseOrigin(getAddress(connection))
  if (origin === own) return secret
  throw new Refusal(
    'CONFLICT',
    `The credential of ${connection.label} was given for ${origin} and is not sent to ${own}.`,
    'Nothing was sent. Correct the base URL of the connection, or set the admin key again for this address.',
  )
}

/**
 * How to reach the organization of a connection, with the credential given for this run or the stored one; a file needs
 * none. This is the only access to a credential: it comes with the address that it may be sent to. Throws `Refusal`
 * without a credential for this address, when the address may not be called, and when this process could not send it
 * safely.
 */
export async function listAccess(context: Context, connection: ConnectionTarget, given?: string): Promise<Access> {
  const { baseUrl, path } = connection
  const provider = callable(connection)
  if (readsFile(provider) && given === undefined) return { credential: '', baseUrl: null, path }
  const obstacle = networkObstacle()
  if (obstacle !== null) throw new Refusal('CONFLICT', obstacle.message, obstacle.hint)
  checkAddress(connection)
  const credential =
    given === undefined ? await storedCredential(context, connection) : acceptedCredential(provider, given).secret
  return {
    credential,
    baseUrl,
    now: () => context.now(),
    ...(context.clock === undefined ? {} : { clock: context.clock }),
  }
}

/** Where a credential is kept now. The keychain is not asked: the register records what was stored there. */
export async function credentialState(secrets: SecretStore, connection: StoredConnection): Promise<CredentialState> {
  if (readsFile(connection.provider)) return 'not-needed'
  if (connection.credentialHint === null) return 'none'
  if (secrets.kind === 'keychain') return 'stored'
  const isThere = (await secrets.get(credentialAccount(secrets, connection))) !== null
  return isThere ? (secrets.kind === 'memory' ? 'session' : 'stored') : 'none'
}
