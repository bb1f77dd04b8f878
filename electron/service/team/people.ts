import type { ListedDecision, TeamMember, TeamRole } from '../../../shared/contract/team.ts'
import { emailKey } from '../../../shared/domain/email.ts'
import { CLIENT_ROLES } from '../../../shared/domain/team-roles.ts'
import type { CardDevice, LogRole } from '../../../shared/team/card.ts'
import type { HeldLog } from '../../../shared/team/store.ts'
import { listClientUids } from '../../register/clients/client.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readIssuedInvites } from '../../register/team/place.ts'
import { readNames } from '../../register/team/logs.ts'
import type { TeamDevice } from '../../team/device.ts'
import { noClient } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'

/** Slugs of this register by the uid of their client, which is that of its log. */
export function listSlugs(reader: Reader): ReadonlyMap<string, string> {
  return new Map(listClientUids(reader).map(({ uid, slug }) => [uid, slug]))
}

/** The uid of the log of a client, by slug or uid. Throws `Refusal` NOT_FOUND. */
export function findLog(reader: Reader, { store }: TeamDevice, named: string): string {
  const found = [...listSlugs(reader)].find(([uid, slug]) => slug === named || uid === named)?.[0] ?? named
  return store.log(found)?.kind === 'client' ? found : noClient(reader, named)
}

/** The names of people that any log or invite of this device has, by member. */
export function findNames(reader: Reader): ReadonlyMap<string, { readonly name: string; readonly email: string }> {
  const invited = readIssuedInvites(reader).map(({ member, name, email }) => [member, { name, email }] as const)
  return new Map([...invited, ...[...readNames(reader).values()].flatMap((names) => [...names])])
}

interface Person {
  readonly roles: ReadonlyMap<HeldLog, LogRole>
  readonly devices: ReadonlyMap<string, CardDevice>
}

/** The people of every card that this device has, by member. */
function gatherPeople(logs: readonly HeldLog[]): ReadonlyMap<string, Person> {
  const people = new Map<string, { roles: Map<HeldLog, LogRole>; devices: Map<string, CardDevice> }>()
  for (const log of logs) {
    for (const { member, role, devices } of log.card?.card.people ?? []) {
      const person = people.get(member) ?? { roles: new Map(), devices: new Map() }
      people.set(member, person)
      person.roles.set(log, role)
      for (const device of devices) person.devices.set(device.device, device)
    }
  }
  return people
}

/** The members with their roles and devices, as the newest cards have them. */
export function listMembers(reader: Reader, device: TeamDevice): TeamMember[] {
  const names = findNames(reader)
  const slugs = listSlugs(reader)
  return [...gatherPeople(device.store.logs())].map(([uid, { roles, devices }]) => ({
    uid,
    name: names.get(uid)?.name ?? null,
    email: names.get(uid)?.email ?? null,
    role: findTeamRole(roles),
    access: [...roles].flatMap(([{ log, kind }, role]) =>
      kind === 'client' && role !== 'owner'
        ? [{ client: slugs.get(log) ?? null, uid: log, role: CLIENT_ROLES.find((each) => each === role) ?? 'viewer' }]
        : [],
    ),
    devices: [...devices.values()].map((each) => ({
      uid: each.device,
      login: each.login,
      own: each.device === device.device,
      paper: each.paper === true,
    })),
    own: uid === device.member,
  }))
}

function findTeamRole(roles: ReadonlyMap<HeldLog, LogRole>): TeamRole {
  const ofKind = (kind: HeldLog['kind']): LogRole | undefined => [...roles].find(([log]) => log.kind === kind)?.[1]
  if (ofKind('team') === 'owner') return 'owner'
  const role = ofKind('agency')
  return role === 'owner' || role === 'auditor' || role === 'people' || role === 'member' ? role : 'guest'
}

/** Whether the member at this device is an owner, by the newest card of the team. */
export function isOwner({ store, team, member, device }: TeamDevice): boolean {
  const people = store.log(team)?.card?.card.people ?? []
  const own = people.find((person) => person.member === member && person.role === 'owner')
  return own?.devices.some((each) => each.device === device) === true
}

/** A present member by uid or address. Throws `Refusal` NOT_FOUND. */
export function findMember(reader: Reader, device: TeamDevice, named: string): TeamMember {
  const key = emailKey(named)
  const found = listMembers(reader, device).find(
    ({ uid, email }) => uid === named || (email !== null && key !== null && emailKey(email) === key),
  )
  if (found !== undefined) return found
  throw new Refusal(
    'NOT_FOUND',
    `A member ${JSON.stringify(named)} does not belong to the team.`,
    'Name one by e-mail address: castellan team member list.',
  )
}

/** What lists show of a decision but for its sentence; one that was never placed has no member, and is that of this device. */
export function createLister(reader: Reader, device: TeamDevice) {
  const names = findNames(reader)
  const slugs = listSlugs(reader)
  const name = (member: string | null): string | null => names.get(member ?? '')?.name ?? null
  return {
    name,
    slug: (log: string): string | null => slugs.get(log) ?? null,
    list: (
      { uid, log, member, at }: Pick<ListedDecision, 'uid' | 'at'> & { readonly log: string; readonly member: string },
      decided: string | null,
      sentence: string,
    ): ListedDecision => {
      const author = member === '' ? device.member : member
      const client = slugs.get(log) ?? null
      return { uid, client, member: name(author), own: author === device.member, decided, at, sentence }
    },
  }
}
