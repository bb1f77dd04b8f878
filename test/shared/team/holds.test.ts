import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { applyTeamOperation, foundTeam } from '../../../shared/team/fold-team.ts'
import { listReadStreams, listSeenClients } from '../../../shared/team/holds.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import type { TeamOperation } from '../../../shared/team/operations.ts'

const uid = (of: number): string => `01890000-0000-7000-8000-${of.toString(16).padStart(12, '0')}`
const hex = (of: number): string => of.toString(16).padStart(64, '0')
const [TEAM, AGENCY, OWNER, FOUNDING, MEMBER, DEVICE] = [1, 2, 3, 4, 5, 6].map(uid) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const CLIENTS = Array.from({ length: 8 }, (_, at) => uid(100 + at))
const CLIENT = fc.constantFrom(...CLIENTS)

const founded = foundTeam(TEAM, {
  v: 1,
  team: 'Agency',
  server: uid(7),
  agency: AGENCY,
  memberUid: OWNER,
  name: 'Owner',
  email: 'owner@agency.example',
  deviceUid: FOUNDING,
  signKey: hex(1),
  boxKey: hex(2),
  login: 'c_owner',
  commitment: hex(3),
})

const decide = (before: Membership, kind: TeamOperation['kind'], body: object): Membership => {
  const after = applyTeamOperation(before, { kind, body: { v: 1, ...body } } as TeamOperation, FOUNDING)
  return typeof after === 'string' ? before : after
}

const enrolled = decide(
  decide(founded, 'member.added', { memberUid: MEMBER, name: 'Anna', email: 'anna@agency.example', roles: [] }),
  'device.enrolled',
  { memberUid: MEMBER, deviceUid: DEVICE, signKey: hex(4), boxKey: hex(5), login: 'c_anna' },
)

type Step =
  | { readonly kind: 'open' | 'grant' | 'revoke' | 'ask'; readonly client: string }
  | { readonly kind: 'roles'; readonly roles: readonly ('owner' | 'auditor')[] }

const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('open', 'open', 'grant', 'revoke', 'ask'), client: CLIENT }),
  fc.record({
    kind: fc.constant('roles' as const),
    roles: fc.constantFrom<readonly ('owner' | 'auditor')[]>([], ['owner'], ['auditor']),
  }),
)

it('a device holds the clients of roles by name, the first others, what was asked for and what it began, and lets none go that its member sees', () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 40 }), fc.nat({ max: 4 }), (steps, most) => {
      // What is true, beside the fold: the order of openings, who was named, and whether all is seen.
      const [opened, named, asked, begun] = [[] as string[], new Set<string>(), new Set<string>(), new Set<string>()]
      let [team, seesAll] = [enrolled, false]
      for (const step of steps) {
        if (step.kind === 'roles') {
          team = decide(team, 'member.roles-set', { memberUid: MEMBER, roles: step.roles })
          seesAll = step.roles.length > 0
        } else if (step.kind === 'open') {
          const facts = uid(1000 + CLIENTS.indexOf(step.client))
          team = decide(team, 'client.opened', { clientUid: step.client, facts, commitment: hex(9) })
          if (!opened.includes(step.client)) opened.push(step.client)
        } else if (step.kind === 'ask') {
          asked.add(step.client)
        } else if (opened.includes(step.client)) {
          const isGrant = step.kind === 'grant'
          team = decide(team, isGrant ? 'access.granted' : 'access.revoked', {
            clientUid: step.client,
            memberUid: MEMBER,
            ...(isGrant ? { role: 'reviewer' } : {}),
          })
          if (isGrant) named.add(step.client)
          else named.delete(step.client)
        }
        const hasBegun = (stream: string): boolean => begun.has(stream)
        const [agency, ...read] = listReadStreams(team, DEVICE, { asked, hasBegun, most })
        const held = read.map(([client]) => client ?? '')
        expect(agency).toEqual([AGENCY])
        const seen = opened.filter((client) => seesAll || named.has(client))
        const first = seen.filter((client) => !named.has(client)).slice(0, most)
        const wanted = (client: string): boolean =>
          named.has(client) || first.includes(client) || asked.has(client) || begun.has(client)
        expect(listSeenClients(team, DEVICE).map(([client]) => client)).toEqual(seen)
        expect(held).toEqual(seen.filter(wanted))
        for (const client of held) begun.add(client)
      }
    }),
    { numRuns: 60 },
  )
})
