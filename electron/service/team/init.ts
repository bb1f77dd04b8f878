import type { Outputs } from '../../../shared/contract/contract.ts'
import { createUid } from '../../register/db/uid.ts'
import { readTeamPlace, type TeamPlace, writeTeamPlace } from '../../register/team/place.ts'
import { foundTeam } from '../../team/found.ts'
import { fromHex, toHex } from '../../team/hex.ts'
import { TeamLogError } from '../../team/log.ts'
import { listSetUpSql, loginSql, manageLoginsSql } from '../../team/postgres/set-up.ts'
import { NO_ROOT, startStream } from '../../team/stream.ts'
import { assertWritable, commit, type Context, getReader, getToday, makeRegister } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { type Init, placeFounding } from './founding-place.ts'
import { administratorAddress, toAdministratorRefusal } from './logins.ts'
import { openTeam, type OpenTeam, readPlace } from './open-team.ts'
import { toTeamRefusal } from './refusal.ts'
import { readStatus } from './status.ts'

type Founding = NonNullable<TeamPlace['founding']>

/**
 * Founds the team of this profile, or goes on where an earlier attempt ended: every step finds what the one before it left
 * on the server. Throws `Refusal`.
 */
export async function initTeam(context: Context, input: Init): Promise<Outputs['team']['init']> {
  assertWritable(context)
  makeRegister(context)
  if (context.session().sample) {
    throw new Refusal(
      'CONFLICT',
      'The clients of the sample are invented, so no team is founded with them.',
      'Close the sample, and found the team in a profile of your own.',
    )
  }
  const before = readTeamPlace(getReader(context))
  if (before !== null && before.founding === null) {
    throw new Refusal('CONFLICT', 'This profile belongs to a team already.', 'See it with castellan team status.')
  }
  await placeFounding(context, before, input)
  const team = await openTeam(context)
  if (!(await isSetUp(team))) {
    const sql = await setUp(context, team, input)
    if (sql !== null) return { founded: false, sql: [...sql], status: await readStatus(context) }
  }
  try {
    await placeFirstEntry(context, team)
  } catch (error) {
    throw toTeamRefusal(error)
  }
  const founded = await openTeam(context)
  await exchangeTeam(context, founded)
  const { name = '' } = founded.replica.membership() ?? {}
  const place = readPlace(context)
  commit(context, ['app'], ({ writer, note }) => {
    writeTeamPlace(writer, { ...place, founding: null })
    note({
      action: 'team.founded',
      client: null,
      subject: name,
      body: { team: place.team, root: place.root },
    })
  })
  await exchangeTeam(context, await openTeam(context))
  return { founded: true, sql: [], status: await readStatus(context) }
}

/** Whether this device's login is there, and the tables are this team's. Throws `Refusal`. */
async function isSetUp({ log, place }: OpenTeam): Promise<boolean> {
  try {
    const there = await log.server()
    if (there === place.database) return true
    throw new TeamLogError('not-empty', 'The database contains another team. Give the new team an empty database.')
  } catch (error) {
    if (error instanceof TeamLogError && ['other-login', 'no-log'].includes(error.problem)) return false
    throw toTeamRefusal(error)
  }
}

/** Sets up the database with the administrator's login; gives the SQL where there is none, or it may not. */
async function setUp(context: Context, team: OpenTeam, input: Init): Promise<readonly string[] | null> {
  const { crypto, servers, place } = team
  const { password } = team.address
  const database = place.database ?? createUid(context.now())
  const logins = [
    loginSql(crypto, database, place.login, password, 'owner'),
    ...(input.manageLogins === true ? manageLoginsSql(database, place.login) : []),
  ]
  if (input.administrator === undefined) return listSetUpSql(database, logins)
  const address = administratorAddress(place, input.administrator)
  try {
    await servers.setUp(address, database, logins)
    return null
  } catch (error) {
    if (error instanceof TeamLogError && error.problem === 'not-allowed') return listSetUpSql(database, logins)
    throw toAdministratorRefusal(error, address)
  }
}

/** Places the first entry of the team, unless it is there. The key is on the server for this device first. Throws `TeamLogError`. */
async function placeFirstEntry(context: Context, { log, crypto, replica }: OpenTeam): Promise<void> {
  const place = readPlace(context)
  const { team, login, founding } = place
  if (founding === null) return
  await log.addStream(team, 1)
  await log.setAccess(team, login, 'append')
  const start = startStream(crypto, team, NO_ROOT)
  const isThere = async (root: string | null): Promise<boolean> => {
    const [first] = await log.pull(team, 0, 1)
    if (first === undefined) return false
    if (root !== null && crypto.isSame(crypto.computeHead(start.head, first), fromHex(root))) return true
    throw new TeamLogError('not-empty', 'The database contains another team. Give the new team an empty database.')
  }
  if (await isThere(place.root)) return
  const { entry, root, key } = foundTeam(crypto, replica.author, toFounding(context, place, founding))
  const name = { scope: team, generation: 1 }
  const commitment = toHex(crypto.commitKey(name, key))
  const { device, keys } = replica.author
  const sealed = crypto.wrapKeys(name, device, keys.box.publicKey, [key])
  await log.addWraps([{ ...name, device, commitment, sealed }])
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, { ...place, root: toHex(root) }))
  // An answer that was lost shows as a position that is taken.
  if ((await log.push([entry])) === 'overtaken') await isThere(toHex(root))
}

function toFounding(context: Context, place: TeamPlace, founding: Founding): Parameters<typeof foundTeam>[2] {
  const at = context.now()
  return {
    stream: place.team,
    uid: createUid(at),
    at,
    day: getToday(context),
    team: founding.team,
    server: place.database ?? '',
    agency: createUid(at),
    memberUid: founding.member,
    name: founding.name,
    email: founding.email,
    login: place.login,
  }
}
