import type { TeamMember } from '../../../shared/contract/team.ts'
import { emailKey } from '../../../shared/domain/email.ts'
import { findAuthor, type Membership, newest } from '../../../shared/team/membership.ts'
import { listClientUids } from '../../register/clients/client.ts'
import type { Reader } from '../../register/db/handles.ts'
import { Refusal } from '../kit/refusal.ts'

/** Slugs of this register by the uid of their client. */
export function listSlugs(reader: Reader): ReadonlyMap<string, string> {
  return new Map(listClientUids(reader).map(({ uid, slug }) => [uid, slug]))
}

/** The members in the order in which they were added, former ones included. `device`: the one of this register. */
export function listMembers(reader: Reader, membership: Membership, device: string): TeamMember[] {
  const at = newest(membership)
  const slugs = listSlugs(reader)
  const own = membership.devices.get(device)?.member
  return [...membership.members].map(([uid, member]) => ({
    uid,
    name: member.name,
    email: member.email,
    roles: [...(member.roles.at(-1)?.value ?? [])],
    access: [...membership.clients].flatMap(([client, { roles }]) => {
      const role = roles.get(uid)?.at(-1)?.value ?? null
      return role === null ? [] : [{ client: slugs.get(client) ?? null, uid: client, role }]
    }),
    devices: [...membership.devices].flatMap(([name, { member: of, login }]) =>
      of === uid
        ? [
            {
              uid: name,
              member: uid,
              login,
              own: name === device,
              active: findAuthor(membership, name, at) !== null,
            },
          ]
        : [],
    ),
    own: uid === own,
    active: member.until === null,
  }))
}

/** The uid of a present member by uid or address. Throws `Refusal` NOT_FOUND. */
export function findMember(membership: Membership, named: string): string {
  const key = emailKey(named)
  for (const [uid, { email, until }] of membership.members) {
    if (until === null && (uid === named || (key !== null && emailKey(email) === key))) return uid
  }
  throw new Refusal(
    'NOT_FOUND',
    `A member ${JSON.stringify(named)} does not belong to the team.`,
    'Name one by e-mail address: castellan team member list.',
  )
}
