import type { Inputs } from '../../../shared/contract/contract.ts'
import type { TeamPlace } from '../../register/team/place.ts'
import type { TeamCrypto } from '../../team/crypto.ts'
import { toHex } from '../../team/hex.ts'
import { TeamLogError } from '../../team/log.ts'
import type { ServerAddress } from '../../team/postgres/connect.ts'
import type { TeamServers } from '../../team/postgres/servers.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { toAddress } from './open-team.ts'
import { toTeamRefusal } from './refusal.ts'

export type Administrator = NonNullable<Inputs['team']['invite']['administrator']>

/** A name that shows the server nothing of its person. Names of logins are those of a whole server. */
export function createLogin(crypto: TeamCrypto): string {
  return `castellan_${toHex(crypto.random(6))}`
}

export function createPassword(crypto: TeamCrypto): string {
  return toHex(crypto.random(32))
}

export function administratorAddress(
  place: Pick<TeamPlace, 'server'>,
  { login, password }: Administrator,
): ServerAddress {
  return toAddress(place, login, password)
}

/** Runs statements as the administrator of the database. Throws `Refusal`. */
export async function runAsAdministrator(
  servers: TeamServers,
  address: ServerAddress,
  statements: readonly string[],
): Promise<void> {
  try {
    await servers.run(address, statements)
  } catch (error) {
    throw toAdministratorRefusal(error, address)
  }
}

/** A refusal about the login that a person named, where the words about this device's own login would mislead. */
export function toAdministratorRefusal(error: unknown, { host, port, login }: ServerAddress): unknown {
  if (error instanceof TeamLogError && error.problem === 'other-login') {
    return invalid(
      'administrator',
      `The server at ${host}:${port} does not accept the login ${JSON.stringify(login)} with this password.`,
      'Check both; a login of the server is not that of this machine.',
    )
  }
  if (error instanceof TeamLogError && error.problem === 'not-allowed') {
    return new Refusal(
      'NOT_ALLOWED',
      `The login ${JSON.stringify(login)} may not make logins on the server at ${host}:${port}.`,
      'Leave the administrator out, and have the SQL that is printed run by one who may.',
    )
  }
  return toTeamRefusal(error)
}
