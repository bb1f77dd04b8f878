import * as fc from 'fast-check'

import type { Matter, Subject } from '../../../../shared/domain/today/matter.ts'
import { RISKS } from '../../../../shared/domain/today/matter.ts'

export const TODAY = '2026-11-26'

/** A client by its slug. */
export const client = (slug: string) => ({ slug, name: `Client ${slug}`, colour: '#117733' })

/** A matter with what a test gives, and else an invite that expired at Acme. */
export function matter(given: Partial<Matter>): Matter {
  return {
    key: 'invites-expired',
    client: client('acme'),
    risk: 'low',
    reach: 1,
    age: 0,
    by: null,
    facts: { risk: 2, numbers: {}, words: {} },
    subject: { kind: 'invites', count: 1 },
    ...given,
  }
}

const leaver = (personId: number): Subject => ({
  kind: 'leaver',
  personId,
  name: `Person ${personId}`,
  leftOn: '2026-11-20',
  privileged: false,
  accounts: 1,
  keys: 0,
  invites: 0,
  usedOn: null,
})

const finding = (rule: string): Subject => ({
  kind: 'finding',
  rule,
  title: `Rule ${rule}`,
  subjectKind: 'key',
  count: 2,
  findingId: 1,
  name: '',
  says: '',
})

const subjects = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((id) => ({ key: `leaver-${id}`, subject: leaver(id) })),
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f').map((rule) => ({ key: `finding-${rule}`, subject: finding(rule) })),
  fc.constant({ key: 'invites-expired', subject: { kind: 'invites', count: 3 } as const }),
)

/** Random matters, at most one of each key and client. */
export const someMatters: fc.Arbitrary<Matter[]> = fc.uniqueArray(
  fc
    .record({
      of: subjects,
      client: fc.constantFrom('acme', 'borealis', 'corvid').map(client),
      risk: fc.constantFrom(...RISKS),
      reach: fc.integer({ min: 1, max: 500 }),
      age: fc.integer({ min: 0, max: 400 }),
      by: fc.constantFrom(null, TODAY, '2027-03-01'),
    })
    .map(({ of, ...given }) => matter({ ...given, ...of })),
  { maxLength: 30, selector: ({ key, client: { slug } }) => `${key} ${slug}` },
)
