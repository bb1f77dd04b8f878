import { expect, it } from 'vitest'

import { findingGroups, findingSubjects, subjectIds } from '../../../../electron/register/findings/groups.ts'
import { type FindingQuery, findingIds, findingsById } from '../../../../electron/register/findings/list.ts'
import type { FindingGroup, FindingRow } from '../../../../shared/contract/findings.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { user } from '../registers.ts'
import { ago, applyWorld, AT, type World } from './worlds.ts'

const TODAY = toLocalDay(AT)

/** Findings of several rules and severities, of keys and of people; of some keys more than one. */
const world: World = {
  keys: [
    ...['dev-web', 'prod-api', 'Batch'].map(
      (name, n) => ({ name, createdAt: ago(300 + n), lastUse: { state: 'known', at: ago(50) } }) as const,
    ),
    { name: 'dev-old', createdAt: ago(400) },
    { name: 'odd name', createdAt: ago(3) },
  ],
  people: [user('ann'), ...['eve', 'zoe'].map((name) => user(name, { email: `${name}@elsewhere.example` }))],
}

/** The groups by the rows of the list alone. */
function expected(
  reader: Reader,
  query: FindingQuery,
  toKey: (row: FindingRow) => string,
): readonly (readonly unknown[])[] {
  const sort = { by: 'severity', direction: 'asc' } as const
  const ids = findingIds(reader, { ...query, sort }, TODAY)
  const rows = findingsById(reader, ids, { now: AT, today: TODAY }).map(({ row }) => row)
  return [...Map.groupBy(rows, toKey)].map(([key, own]) => [
    key,
    SEVERITIES.find((severity) => own.some((row) => row.severity === severity)),
    own.length,
    Object.fromEntries(SEVERITIES.map((severity) => [severity, own.filter((row) => row.severity === severity).length])),
  ])
}

const brief = ({ rowKey, worst, count, counts }: FindingGroup): readonly unknown[] => [rowKey, worst, count, counts]
const place = ({ worst, count }: FindingGroup): number => SEVERITIES.indexOf(worst) * 1000 - count

const QUERIES: readonly FindingQuery[] = [
  { state: 'open' },
  { state: 'open', certainty: 'all' },
  { state: 'open', certainty: 'all', severity: ['high', 'low'] },
  { state: 'open', certainty: 'all', subjectKind: 'key', search: 'e' },
  { state: 'open', certainty: 'all', client: 'acme', rule: 'rotation-overdue' },
  { state: 'resolved' },
]

it('groups of findings have the findings of the list, the most severe and then the largest first', () => {
  const { reader } = applyWorld(world).register
  for (const query of QUERIES) {
    const found = {
      rule: findingGroups(reader, { ...query, by: 'rule' }, TODAY),
      client: findingGroups(reader, { ...query, by: 'client' }, TODAY),
      subject: findingSubjects(reader, subjectIds(reader, query, TODAY), query, TODAY),
    }
    const keys = {
      rule: ({ rule }: FindingRow) => `rule ${rule.id}`,
      client: ({ client }: FindingRow) => `client ${client.slug}`,
      subject: ({ subject }: FindingRow) => `${subject.kind} ${subject.id}`,
    }
    for (const by of ['rule', 'client', 'subject'] as const) {
      const groups = found[by]
      const sorted = (rows: readonly (readonly unknown[])[]) =>
        rows.toSorted(([a], [b]) => String(a).localeCompare(String(b)))
      expect([query, by, sorted(groups.map(brief))]).toEqual([query, by, sorted(expected(reader, query, keys[by]))])
      expect(groups.map(place)).toEqual(groups.map(place).toSorted((a, b) => a - b))
    }
  }
  expect(subjectIds(reader, { state: 'open', certainty: 'all' }, TODAY).length).toBeGreaterThan(5)
})

it('a slice of the subjects of findings has the rows of the whole, read by their findings alone', () => {
  const { register } = applyWorld(world)
  const query = { state: 'open', certainty: 'all' } as const
  const ids = subjectIds(register.reader, query, TODAY)
  const all = findingSubjects(register.reader, ids, query, TODAY)
  expect(all.map(({ subject }) => subject?.name)).toContain('dev-web')
  const plans: Explained[] = []
  const reader = explainingReader(register.reader, plans)
  expect(findingSubjects(reader, ids.slice(2, 4), query, TODAY)).toEqual(all.slice(2, 4))
  expect(findingSubjects(reader, [ids[3] ?? 0, ids[0] ?? 0], query, TODAY)).toEqual([all[3], all[0]])
  expect(plans.flatMap(scans)).toEqual([])
  expect(plans[0]?.steps.map(({ detail }) => detail)).toContain(
    'SEARCH f USING INDEX finding_of_subject (subject_kind=? AND subject_id=?)',
  )
})
