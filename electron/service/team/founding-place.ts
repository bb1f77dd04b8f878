import type { Inputs } from '../../../shared/contract/contract.ts'
import { createUid } from '../../register/db/uid.ts'
import { forgetTeam, type TeamPlace, writeTeamPlace } from '../../register/team/place.ts'
import { loadTeamCrypto } from '../../team/crypto.ts'
import { toHex } from '../../team/hex.ts'
import { commit, type Context, readOperator } from '../core/context.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { keepDevice } from './device-secrets.ts'
import { createLogin, createPassword } from './logins.ts'
import { readSecrets } from './open-team.ts'

export type Init = NonNullable<Inputs['team']['init']>

/**
 * Notes what is founded, and makes the keys of the first device, before anything is sent. A founding that is under way goes on where
 * it ended: the same input again changes nothing. Once its first entry may be on a server, other input is refused unless the person
 * begins again, which leaves nothing of it in this register. Throws `Refusal`.
 */
export async function placeFounding(context: Context, before: TeamPlace | null, input: Init): Promise<void> {
  const { founding = null } = before ?? {}
  const isOther = before === null || founding === null || isOtherFounding(before, founding, input)
  if (!isOther && !input.beginAgain) return
  if (before !== null && founding !== null && before.root !== null && !input.beginAgain) {
    const { host, port, database } = before.server
    throw new Refusal(
      'CONFLICT',
      `The team ${JSON.stringify(founding.team)} is being founded already, in the database ${database} at ${host}:${port}.`,
      'Go on with castellan team init without options, or begin again in an empty database with --begin-again.',
    )
  }
  await writeFounding(context, before, input)
}

function isOtherFounding({ server }: TeamPlace, founding: NonNullable<TeamPlace['founding']>, input: Init): boolean {
  const pairs = [
    [input.team, founding.team],
    [input.name, founding.name],
    [input.email, founding.email],
    [input.server?.host, server.host],
    [input.server?.port, server.port],
    [input.server?.database, server.database],
    [input.server?.authority, server.authority],
  ]
  return pairs.some(([given, known]) => given !== undefined && given !== known)
}

async function writeFounding(context: Context, before: TeamPlace | null, input: Init): Promise<void> {
  const required = <T>(field: string, what: string, value: T | undefined): T => {
    if (value === undefined) throw invalid(field, `${what} is missing.`, 'Give it with the first castellan team init.')
    return value
  }
  const crypto = await loadTeamCrypto()
  const seed = crypto.random(32)
  const at = context.now()
  const {
    host,
    port = 5432,
    database,
    authority = null,
  } = required('server', 'The address of the server', input.server ?? before?.server)
  const name = input.name ?? before?.founding?.name ?? readOperator(context)
  const place: TeamPlace = {
    team: createUid(at),
    database: createUid(at),
    server: { host, port, database, authority },
    login: createLogin(crypto),
    device: createUid(at),
    signKey: toHex(crypto.createDeviceKeys(seed).sign.publicKey),
    root: null,
    founding: {
      team: required('team', 'The name of the team', input.team ?? before?.founding?.team),
      name,
      email: required('email', 'Your e-mail address', input.email ?? before?.founding?.email),
      member: createUid(at),
    },
    invite: null,
    member: name,
  }
  await keepDevice(readSecrets(context), place.device, {
    'team-device': toHex(seed),
    'team-login': createPassword(crypto),
  })
  commit(context, ['app'], ({ writer }) => {
    if (before !== null) forgetTeam(writer)
    writeTeamPlace(writer, place)
  })
}
