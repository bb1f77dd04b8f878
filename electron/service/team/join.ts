import { createUid } from '../../register/db/uid.ts'
import { readTeamPlace, type TeamPlace, writeTeamPlace } from '../../register/team/place.ts'
import { loadTeamCrypto } from '../../team/crypto.ts'
import { askToEnrol } from '../../team/enrol.ts'
import { toHex } from '../../team/hex.ts'
import { type Invite, parseInviteCode } from '../../team/invite.ts'
import { TeamLogError } from '../../team/log.ts'
import { passwordSql } from '../../team/postgres/set-up.ts'
import { listClients } from '../../register/clients/client.ts'
import { assertWritable, commit, type Context, getReader } from '../core/context.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { keepDevice } from './device-secrets.ts'
import { exchangeTeam } from './exchange-team.ts'
import { createPassword } from './logins.ts'
import { openTeam, type OpenTeam, readSecrets, toAddress } from './open-team.ts'
import { splitSentences, toTeamRefusal } from './refusal.ts'

/**
 * Joins the team of an invite: replaces the password of its login by one of this device, and asks to be enrolled. The same
 * code goes on where an earlier attempt ended. Throws `Refusal` INVALID for a code that is none, and CONFLICT in a profile that has clients or a
 * team.
 */
export async function joinTeam(context: Context, code: string): Promise<void> {
  assertWritable(context)
  const crypto = await loadTeamCrypto()
  const parsed = parseInviteCode(crypto, code)
  if (!parsed.ok) {
    const { message, hint } = splitSentences(parsed.reason)
    throw invalid('code', message, hint)
  }
  const { invite } = parsed
  if (listClients(getReader(context), true).length > 0) {
    throw new Refusal(
      'CONFLICT',
      'This profile has clients of its own, which would be mixed with those of the team.',
      'Join in a new profile: castellan --profile DIR team join.',
    )
  }
  const before = readTeamPlace(getReader(context))
  const isAgain = before?.invite === invite.uid
  if (before !== null && !isAgain && !(await isStillAsking(context))) {
    throw new Refusal(
      'CONFLICT',
      'This profile belongs to a team already.',
      'Join in a new profile: castellan --profile DIR team join.',
    )
  }
  if (!isAgain) await writePlace(context, invite)
  const team = await openTeam(context)
  try {
    await replacePassword(team, invite)
    await askToEnrol(crypto, invite, team.replica.author, team.log)
  } catch (error) {
    throw toJoinRefusal(error)
  }
  await exchangeTeam(context, team)
}

/** Whether this device was never let in, so that another invite may take the place of the first. */
async function isStillAsking(context: Context): Promise<boolean> {
  const invite = readTeamPlace(getReader(context))?.invite ?? null
  return invite !== null && (await openTeam(context)).replica.membership() === null
}

async function writePlace(context: Context, invite: Invite): Promise<void> {
  const crypto = await loadTeamCrypto()
  const seed = crypto.random(32)
  const { host, port, database, authority = null } = invite
  const place: TeamPlace = {
    team: invite.team,
    database: null,
    server: { host, port, database, authority },
    login: invite.login,
    device: createUid(context.now()),
    signKey: toHex(crypto.createDeviceKeys(seed).sign.publicKey),
    root: invite.root,
    founding: null,
    invite: invite.uid,
    member: null,
  }
  // Kept before it is sent: otherwise a cut would leave a login whose password no one has.
  await keepDevice(readSecrets(context), place.device, {
    'team-device': toHex(seed),
    'team-login': createPassword(crypto),
  })
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, place))
}

/** Replaces the password of the invite, unless an earlier attempt did. Throws `TeamLogError`. */
async function replacePassword(
  { crypto, servers, log, address, place }: OpenTeam,
  { login, password }: Invite,
): Promise<void> {
  try {
    await log.server()
  } catch (error) {
    if (!(error instanceof TeamLogError) || error.problem !== 'other-login') throw error
    await servers.run(toAddress(place, login, password), [passwordSql(crypto, login, address.password)])
  }
}

function toJoinRefusal(error: unknown): unknown {
  if (!(error instanceof TeamLogError) || error.problem !== 'other-login') return toTeamRefusal(error)
  return new Refusal(
    'NOT_ALLOWED',
    'The team’s server does not accept the login of this invite: it was used already, or its login is not made yet.',
    'Ask the owner who invited you whether the SQL for the login was run, or for a new invite.',
    { cause: error },
  )
}
