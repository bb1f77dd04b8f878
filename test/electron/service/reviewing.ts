import { getReader, makeRegister } from '../../../electron/service/core/context.ts'
import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { grant, type Part, user } from '../register/registers.ts'
import { acmeParts, type Seeded } from './seeded.ts'

export const CLIENT = 'acme'

/** Acme with a group of owners, a service account, an invite and an admin key. */
const fullParts = (): Part[] => [
  ...acmeParts(),
  { source: 'invites', facts: [user('inv', { kind: 'invite', name: null, email: 'new@acme.example' })] },
  { source: 'admin-keys', facts: [] },
  {
    source: 'groups',
    facts: [user('g1', { kind: 'group', name: 'Operators', email: null, roleRaw: null, level: null })],
  },
  { source: 'group-users', facts: [{ type: 'membership', group: 'g1', member: 'u3' }] },
  {
    source: 'group-roles',
    facts: [grant('g1', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' })],
  },
  {
    source: 'project-service-accounts',
    project: 'proj_a',
    facts: [
      user('sa1', { kind: 'service-account', name: 'deploy', email: null, roleRaw: null, level: null }),
      grant('sa1', 'proj_a'),
    ],
  },
]

const WITH_TWO = (parts: readonly Part[]): Part[] =>
  parts.map((part) =>
    part.source === 'users'
      ? {
          ...part,
          facts: [
            ...part.facts,
            user('u3', { name: 'Ines Duarte', email: 'ines@acme.example' }),
            grant('u3', null, { roleRaw: 'reader', level: 'reader' }),
          ],
        }
      : part,
  )

export const full = (): Part[] => WITH_TWO(fullParts())

export async function opened(of: Seeded, kind: ReviewKind) {
  const row = await of.api.reviews.open({ kind, client: CLIENT })
  const { rows } = await of.api.reviews.items({ reviewId: row.reviewId, limit: 500 })
  return { row, rows, reviewId: row.reviewId }
}

export const named = (items: readonly ReviewItem[]): string[] =>
  items.map(({ name, facts }) => (facts.project === null ? name : `${name}, ${facts.project.name}`))

/** The journal rows of an action, oldest first: subject and members of the body. */
export const readJournal = ({ service }: Seeded, action: string): readonly Readonly<Record<string, unknown>>[] =>
  getReader(service.context)
    .all<{ readonly subject: string; readonly body: string }>(
      'SELECT subject, body FROM journal WHERE action = ? ORDER BY seq',
      [action],
    )
    .map(({ subject, body }) => ({ subject, ...(JSON.parse(body) as Record<string, unknown>) }))

/** A day and an hour or so later, so that nothing is decided too early. */
export const later = ({ clock }: Seeded, ms = 3_600_000): void => {
  clock.now += ms
}

/** HR data reports, now, that a person has left. */
export function leave({ service, clock }: Seeded, address: string): void {
  makeRegister(service.context).transact((writer) => {
    writer.run(
      `INSERT INTO employment (person_id, name, status, source, reported_at, departure_reported_at)
       SELECT a.person_id, 'Tomas', 'departed', 'people.csv', :at, :at FROM person_address a WHERE a.address = :address`,
      { address, at: clock.now },
    )
  })
}

/** What was read, without a user or key and what they may do. */
export const without = (parts: readonly Part[], id: string): Part[] =>
  parts.map((part) => ({
    ...part,
    facts: part.facts.filter(
      (fact) => !('externalId' in fact && fact.externalId === id) && !('principal' in fact && fact.principal === id),
    ),
  }))
