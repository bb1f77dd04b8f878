import { listClients } from '../../register/clients/client.ts'
import { createUid } from '../../register/db/uid.ts'
import {
  readIssuedInvites,
  readTeamPlace,
  type TeamPlace,
  writeIssuedInvites,
  writeTeamPlace,
} from '../../register/team/place.ts'
import { openTeamSecrets } from '../../secrets/team-secrets.ts'
import { loadTeamCrypto } from '../../team/crypto.ts'
import { exchange } from '../../team/exchange.ts'
import { foundTeam, openAgency } from '../../team/found.ts'
import { createInvite, createLogin, type Invite, parseCode, toCode } from '../../team/invite.ts'
import { knock } from '../../team/knock.ts'
import { replacePaper, returnByPaper } from '../../team/paper.ts'
import { TeamServerError } from '../../team/server.ts'
import { assertWritable, commit, type Context, getReader, makeRegister, readOperator } from '../core/context.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { placeChange } from './changes.ts'
import type { Inputs, Outputs } from './contract.ts'
import { exchangeTeam } from './exchange-team.ts'
import { findServers, keepDevice, openTeam, type OpenTeam, readPlace } from './open-team.ts'
import { findLog, isOwner, listMembers } from './people.ts'
import { notAllowed, toTeamRefusal } from './refusal.ts'
import { readStatus } from './status.ts'

const HOURS = 72
const HOUR_MS = 3_600_000

/**
 * Founds the team of this profile, or goes on where an earlier attempt ended: every step finds what the one before it left on the server.
 * `sql`: what an administrator has to run first. Throws `Refusal`.
 */
export async function initTeam(context: Context, input: Inputs['init'] = {}): Promise<Outputs['init']> {
  assertWritable(context)
  makeRegister(context)
  if (context.session().sample) {
    throw new Refusal(
      'CONFLICT',
      'The clients of the sample are invented, so no team is founded with them.',
      'Found it in a profile of your own.',
    )
  }
  const before = readTeamPlace(getReader(context))
  if (before !== null && before.founding === null) throw ofTeam()
  const servers = findServers(context)
  if (before === null || input.team !== undefined || input.server !== undefined)
    await placeFounding(context, before, input)
  const team = await openTeam(context)
  const place = readPlace(context)
  const { device, address } = team
  const founder = { ...toNewLogin(team, true), owner: true }
  try {
    if (!(await isSetUp(team))) {
      const { administrator } = input
      const administering =
        administrator === undefined
          ? await servers.findHosted(place.server)
          : { ...address, login: administrator.login, password: administrator.password }
      if (administering === null) {
        return { sql: [...servers.listSetUpSql(place.team, founder)], status: await readStatus(context), paper: null }
      }
      await servers.setUp(administering, place.team, founder)
    }
    const { team: name, email } = place.founding ?? { team: '', email: '' }
    const named = { name: place.name ?? readOperator(context), email }
    const { root } = await foundTeam(device, {
      name,
      ...place.server,
      server: (await device.server.heads(null)).server,
    })
    commit(context, ['app'], ({ writer, note }) => {
      writeTeamPlace(writer, { ...place, root: Buffer.from(root).toString('hex'), founding: null, named: place.server })
      // It is kept until every log has the name.
      writeIssuedInvites(writer, [
        { uid: createUid(context.now()), login: place.login, member: place.member, until: 0, ...named },
      ])
      note({
        action: 'team.founded',
        client: null,
        subject: name,
        body: { team: place.team, root: Buffer.from(root).toString('hex') },
      })
    })
  } catch (error) {
    throw toTeamRefusal(error)
  }
  const founded = await openTeam(context)
  try {
    const paper = await founded.inTurn(async () => {
      await exchange(founded.device)
      await openAgency(founded.device)
      return replacePaper(founded.device, place.server)
    })
    await exchangeTeam(context, founded)
    return { sql: [], status: await readStatus(context), paper }
  } catch (error) {
    throw toTeamRefusal(error)
  }
}

/** Notes what is founded, and makes the keys of the first device, before anything is sent. */
async function placeFounding(
  context: Context,
  before: TeamPlace | null,
  input: NonNullable<Inputs['init']>,
): Promise<void> {
  const required = <T>(field: string, what: string, value: T | undefined): T => {
    if (value === undefined) throw invalid(field, `${what} is missing.`, 'Give it with the first castellan team init.')
    return value
  }
  const given = input.server ?? before?.server ?? (await findServers(context).findHosted(null)) ?? undefined
  const {
    host,
    port = 5432,
    database = 'castellan',
    authority = null,
  } = required('server', 'The address of the server', given)
  const founding = {
    team: required('team', 'The name of the team', input.team ?? before?.founding?.team),
    email: required('email', 'Your e-mail address', input.email ?? before?.founding?.email),
  }
  const name = input.name ?? before?.name ?? readOperator(context)
  if (name === '') throw invalid('name', 'Your name is missing.', 'Give it with the first castellan team init.')
  await writeNewPlace(context, {
    team: before?.team ?? createUid(context.now()),
    server: { host, port, database, authority },
    root: null,
    member: before?.member ?? createUid(context.now()),
    name,
    founding,
    invite: null,
  })
}

/** Makes a device, and has the register name it. */
async function writeNewPlace(
  context: Context,
  given: Omit<TeamPlace, 'login' | 'device' | 'signKey' | 'named'> & Partial<Pick<TeamPlace, 'login' | 'device'>>,
): Promise<void> {
  const crypto = await loadTeamCrypto()
  const { device = createUid(context.now()), login = createLogin(crypto) } = given
  const { seed } = await keepDevice(context, crypto, device)
  const { publicKey } = crypto.createDeviceKeys(seed).sign
  const place: TeamPlace = {
    ...given,
    login,
    named: null,
    device,
    signKey: Buffer.from(publicKey).toString('hex'),
  }
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, place))
}

function toNewLogin({ device, address }: OpenTeam, owner: boolean) {
  const { crypto, login, member } = device
  return {
    login,
    device: device.device,
    member,
    owner,
    verifier: crypto.createScramVerifier(address.password),
    until: null,
  }
}

/** Whether this device's login is there. */
async function isSetUp({ device }: OpenTeam): Promise<boolean> {
  try {
    await device.server.heads(null)
    return true
  } catch (error) {
    if (error instanceof TeamServerError && ['other-login', 'not-set-up'].includes(error.problem)) return false
    throw error
  }
}

/** Makes a login on the server and gives a person their first roles. The code of the invite is shown once. */
export async function invite(context: Context, input: Inputs['invite']): Promise<Outputs['invite']> {
  assertWritable(context)
  const team = await openTeam(context)
  const { device } = team
  const reader = getReader(context)
  if (!isOwner(device)) throw notAllowed()
  const { email, name, client, clientRole } = input
  const known = listMembers(reader, device).find((each) => each.email?.toLowerCase() === email.toLowerCase())
  if (known === undefined && name === undefined) {
    throw invalid(
      'name',
      `No member of the team has the address ${JSON.stringify(email)}.`,
      'Give the name of the new member too.',
    )
  }
  if (known !== undefined && name !== undefined && name !== known.name) {
    throw invalid(
      'name',
      `${email} belongs to the team already, as ${known.name ?? known.uid}.`,
      'Leave the name out to invite a further device.',
    )
  }
  const member = known?.uid ?? createUid(context.now())
  const log = client === undefined ? null : findLog(reader, device, client)
  const role = input.role ?? (known === undefined && log === null ? 'member' : undefined)
  const until = context.now() + HOURS * HOUR_MS
  try {
    const made = await team.inTurn(() =>
      createInvite(device, {
        member,
        isOwner: (role ?? known?.role) === 'owner',
        until,
        place: readPlace(context).server,
      }),
    )
    await openTeamSecrets(context.session()).set(`team-invite-${made.uid}`, made.secret)
    commit(context, ['app'], ({ writer, note }) => {
      const row = { uid: made.uid, login: made.login, member, until, name: name ?? known?.name ?? email, email }
      writeIssuedInvites(writer, [...readIssuedInvites(writer), row])
      note({ action: 'team.invited', client: null, subject: email, body: { invite: made.uid, member } })
    })
    if (role !== undefined && role !== 'guest')
      await placeChange(context, team, { what: 'role', log: null, member, role })
    if (log !== null) await placeChange(context, team, { what: 'role', log, member, role: clientRole ?? 'reviewer' })
    const words =
      known === undefined ? `${name ?? email} is invited.` : `A further device of ${known.name ?? email} is invited.`
    return { code: toCode(made), until, member, sentence: words }
  } catch (error) {
    throw toTeamRefusal(error)
  }
}

/**
 * Joins the team of an invite, or comes back to it by its recovery code. The same code goes on where an earlier attempt ended. Throws
 * `Refusal` INVALID for another text, and CONFLICT in a profile that has clients or a team.
 */
export async function joinTeam(context: Context, code: string): Promise<Outputs['join']> {
  assertWritable(context)
  makeRegister(context)
  const invited = parseCode(code)
  if (invited === null) {
    throw invalid('code', 'This is not the code of an invite, or it was cut.', 'Copy it whole, or ask for a new one.')
  }
  if (listClients(getReader(context), true).length > 0) {
    throw new Refusal(
      'CONFLICT',
      'This profile has clients of its own, which would be mixed with those of the team.',
      'Join in a new profile: castellan --profile DIR team join.',
    )
  }
  const before = readTeamPlace(getReader(context))
  if (before !== null && before.invite === null) throw ofTeam()
  if (before?.invite !== invited.uid) {
    const { team, place: server, root, member, login, device, uid } = invited
    const own = invited.kind === 'paper' ? {} : { login, device }
    await writeNewPlace(context, { team, server, root, member, ...own, name: null, founding: null, invite: uid })
  }
  const team = await openTeam(context)
  try {
    await (invited.kind === 'paper' ? comeBack(context, team, invited) : askIn(context, team, invited))
  } catch (error) {
    throw toJoinRefusal(error)
  }
  await exchangeTeam(context, team)
  return readStatus(context)
}

/** Replaces the password of the invite, unless an earlier attempt did, and asks to be let in. */
async function askIn(context: Context, team: OpenTeam, invited: Invite): Promise<void> {
  const { device, address } = team
  if (!(await isSetUp(team))) {
    const first = findServers(context).open({ ...address, login: invited.login, password: invited.password })
    try {
      await first.setPassword(device.crypto.createScramVerifier(address.password))
    } finally {
      await first.close()
    }
  }
  await knock(device, invited)
}

/** The device on paper makes a login for this one and puts it into every card of its member. */
async function comeBack(context: Context, team: OpenTeam, invited: Invite): Promise<void> {
  const { address, device } = team
  const paper = findServers(context).open({ ...address, login: invited.login, password: invited.password })
  try {
    await returnByPaper(device, paper, invited, toNewLogin(team, true))
  } finally {
    await paper.close()
  }
}

function toJoinRefusal(error: unknown): unknown {
  if (!(error instanceof TeamServerError) || error.problem !== 'other-login') return toTeamRefusal(error)
  return new Refusal(
    'NOT_ALLOWED',
    'The team’s server does not accept the login of this code: it was used already, or its time is over.',
    'Ask the owner who invited you for a new one.',
    { cause: error },
  )
}

const ofTeam = (): Refusal =>
  new Refusal(
    'CONFLICT',
    'This profile belongs to a team already.',
    'See it with castellan team status, or use another profile.',
  )
