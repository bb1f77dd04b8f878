import { z } from 'zod'

import type { Fact } from '../../../shared/domain/facts.ts'
import { getLevel } from '../../../shared/domain/providers/roles.ts'
import { organizationGrant } from '../kit/grants.ts'
import { toExpiry, toInstant, parseRow, part, raw, text, word } from '../kit/rows.ts'
import { stub } from '../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../kit/tally.ts'
import type { MemberFacts } from './addresses.ts'

const numbered = z.union([z.number().int(), z.string().min(1)])
const seatRow = z.object({
  assignee: z.object({ id: numbered, login: z.string().min(1), name: text, email: text }).nullable(),
  assigning_team: part(z.object({ id: numbered, name: text, slug: text })),
  plan_type: word,
  created_at: raw,
  last_activity_at: raw,
  pending_cancellation_date: raw,
})

/** The role of a seat is that of its plan, by which it is billed. */
function toRole(plan: string | null): string {
  return plan === 'business' || plan === 'enterprise' ? `${plan} seat` : 'seat'
}

/** Why a seat gives no access: GitHub names no account for it, as for one that was deleted. */
const WITHOUT_PERSON = 'A seat without a person.'

/**
 * One seat: its user, with the role of the plan on the organization. A seat that a team gives is a role of the team, whose
 * member the user is: it ends when the user leaves the team. A cancelled seat is in use until its date. `place`: of the
 * row in its list, which identifies a seat without a person.
 */
export function seatReading(row: unknown, known: ReadonlyMap<string, MemberFacts>, place: number): Reading {
  const seat = parseRow(seatRow, row)
  if (seat === null) return UNREADABLE
  const { assignee, assigning_team: team } = seat
  if (assignee === null) return { id: `seat ${place}`, facts: [], left: [{ harmless: WITHOUT_PERSON }] }
  const left: Omission[] = []
  const externalId = String(assignee.id)
  const about = known.get(assignee.login.toLowerCase())
  const roleRaw = toRole(seat.plan_type)
  const grantedAt = toInstant(seat, 'created_at', left)
  const endsAt = seat.pending_cancellation_date ?? null
  const facts: Fact[] = [
    {
      type: 'principal',
      externalId,
      kind: 'user',
      name: about?.name ?? assignee.name ?? assignee.login,
      email: about?.email ?? assignee.email,
      roleRaw,
      level: getLevel('github-copilot', 'organization', roleRaw),
      status: endsAt === null ? 'active' : 'cancelled',
      addedAt: grantedAt,
      expiresAt: toExpiry(seat, 'pending_cancellation_date', left),
      lastUsedAt: toInstant(seat, 'last_activity_at', left),
    },
  ]
  if (team === null) {
    facts.push(organizationGrant('github-copilot', { principal: externalId, roleRaw, grantedAt }))
  } else {
    const group = `team:${team.id}`
    facts.push(
      stub({ externalId: group, kind: 'group', name: team.name ?? team.slug, email: null }),
      { type: 'membership', group, member: externalId },
      organizationGrant('github-copilot', { principal: group, roleRaw, grantedAt: null }),
    )
  }
  return { id: externalId, facts, left }
}
