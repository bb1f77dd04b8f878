import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { emailKey } from '../../../shared/domain/email.ts'
import { hasAgencyRole, type Membership, newest } from '../../../shared/team/membership.ts'
import { createUid } from '../../register/db/uid.ts'
import { readIssuedInvites, writeIssuedInvites } from '../../register/team/place.ts'
import { toHex } from '../../team/hex.ts'
import { INVITE_HOURS, toInviteCode } from '../../team/invite.ts'
import { TeamLogError } from '../../team/log.ts'
import { loginSql } from '../../team/postgres/set-up.ts'
import { assertWritable, commit, type Context } from '../core/context.ts'
import { invalid } from '../kit/refusal.ts'
import { decideTeam } from './decide.ts'
import { administratorAddress, createLogin, createPassword, runAsAdministrator } from './logins.ts'
import { expectMembership, isOwner } from './membership.ts'
import { type OpenTeam, readSecrets } from './open-team.ts'
import { notInTeam, toTeamRefusal, toVoidRefusal } from './refusal.ts'
import type { TeamDecision } from './wait.ts'

const HOUR_MS = 3_600_000

/**
 * Makes a login on the server, adds the member unless there is one with this address, and gives the code of an invite. The
 * statement that makes the login is given instead where this device's login may not run it and no administrator was named.
 */
export async function invite(
  context: Context,
  team: OpenTeam,
  input: Inputs['team']['invite'],
): Promise<Outputs['team']['invite']> {
  assertWritable(context)
  const { crypto, place } = team
  const membership = expectMembership(team)
  if (!isOwner(team)) throw toVoidRefusal('not-allowed')
  if (place.root === null) throw notInTeam()
  const known = findByEmail(membership, input.email)
  const { member, roles, added } = known === null ? toNewMember(context, input) : describe(membership, known, input)
  const [uid, login, password, secret] = [
    createUid(context.now()),
    createLogin(crypto),
    createPassword(crypto),
    crypto.random(32),
  ]
  const sql = loginSql(crypto, membership.server, login, password, roles.includes('owner') ? 'owner' : 'member')
  const left = await makeLogin(team, sql, input.administrator)
  const until = context.now() + INVITE_HOURS * HOUR_MS
  await readSecrets(context).set(`team-invite-${uid}`, toHex(secret))
  commit(context, ['app'], ({ writer, note }) => {
    writeIssuedInvites(writer, [...readIssuedInvites(writer), { uid, login, member, until }])
    note({ action: 'team.invited', client: null, subject: input.email, body: { invite: uid, member } })
  })
  const decided = await decideTeam(context, team, added)
  const { host, port, database, authority } = place.server
  const code = toInviteCode(crypto, {
    uid,
    team: place.team,
    root: place.root,
    host,
    port,
    database,
    login,
    password,
    ...(authority === null ? {} : { authority }),
    secret: toHex(secret),
  })
  return { code, until, member, ...decided, sql: [...left, ...decided.sql] }
}

function findByEmail({ members }: Membership, email: string): string | null {
  const key = emailKey(email)
  return [...members].find(([, { email: of, until }]) => until === null && emailKey(of) === key)?.[0] ?? null
}

interface Invited {
  readonly member: string
  readonly roles: readonly string[]
  readonly added: readonly TeamDecision[]
}

function toNewMember(context: Context, { name, email, roles }: Inputs['team']['invite']): Invited {
  if (name === undefined) {
    throw invalid(
      'name',
      `No member of the team has the address ${JSON.stringify(email)}.`,
      'Give the name of the new member too.',
    )
  }
  const member = createUid(context.now())
  const added = {
    kind: 'member.added',
    subject: name,
    body: { memberUid: member, name, email, roles: roles ?? [] },
  } as const
  return { member, roles: roles ?? [], added: [added] }
}

/** Throws `Refusal` where the invite would change the member, which it does not. */
function describe(
  membership: Membership,
  member: string,
  { name, email, roles = [] }: Inputs['team']['invite'],
): Invited {
  const known = membership.members.get(member)
  const has: ReadonlySet<string> = new Set(known?.roles.at(-1)?.value)
  if (roles.length > 0 && !new Set<string>(roles).isSubsetOf(has)) {
    throw invalid(
      'roles',
      `${email} belongs to the team already, and an invite for a further device does not change roles.`,
      'Set them with castellan team grant EMAIL --agency ROLE, and invite again without roles.',
    )
  }
  if (name !== undefined && name !== known?.name) {
    throw invalid(
      'name',
      `${email} belongs to the team already, under the name ${JSON.stringify(known?.name)}.`,
      'Leave the name out to invite a further device.',
    )
  }
  const isOwnerOfTeam = hasAgencyRole(membership, member, 'owner', newest(membership))
  return { member, roles: isOwnerOfTeam ? ['owner'] : [], added: [] }
}

/** Makes the login; gives the statement where no one here may run it. */
async function makeLogin(
  { servers, address, place }: OpenTeam,
  sql: string,
  administrator: Inputs['team']['invite']['administrator'],
): Promise<readonly string[]> {
  if (administrator !== undefined) {
    await runAsAdministrator(servers, administratorAddress(place, administrator), [sql])
    return []
  }
  try {
    await servers.run(address, [sql])
    return []
  } catch (error) {
    if (error instanceof TeamLogError && error.problem === 'not-allowed') return [sql]
    throw toTeamRefusal(error)
  }
}
