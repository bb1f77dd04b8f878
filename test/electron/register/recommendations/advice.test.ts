import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { readAdvice } from '../../../../electron/register/recommendations/advice.ts'
import { getKey, idOfKey, toRef } from '../../../../electron/register/recommendations/list.ts'
import { recommendationRows } from '../../../../electron/register/recommendations/rows.ts'
import type { RecommendationRow } from '../../../../shared/contract/recommendations.ts'
import { RECOMMENDATIONS } from '../../../../shared/nouns/recommendations.ts'
import { ADVICE_KINDS, SURENESS } from '../../../../shared/domain/recommendations/recommendation.ts'
import type { KeyFact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { federation } from '../findings/parts.ts'
import { getReading, grant, key, newConnection, newRegister, type Part, project, user } from '../registers.ts'
import { adviceIds, type AdviceQuery } from './advice-ids.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const ago = (days: number): number => NOW - days * 86_400_000
const FIRST = { by: 'sure', direction: 'asc' } as const
const ADMIN = { roleRaw: 'owner', level: 'owner' } as const

/** Accounts of one organization about which there is a recommendation of each kind. */
function parts(client: string): Part[] {
  const person = (name: string, used: number | null, over: Partial<PrincipalFact> = {}) =>
    user(name, {
      name,
      email: `${name}@${client}.example`,
      addedAt: ago(400),
      lastUsedAt: used === null ? null : ago(used),
      ...over,
    })
  const machine = { kind: 'service-account', email: null, roleRaw: null, level: null, addedAt: ago(300) } as const
  const own = (id: string, who: string, kind: 'user' | 'service-account', used: number, over: Partial<KeyFact> = {}) =>
    key(`${client}-${id}`, {
      name: id,
      ownerState: 'known',
      owner: { externalId: who, kind, name: who, email: null },
      createdAt: ago(200),
      lastUse: { state: 'known', at: ago(used) },
      ...over,
    })
  return [
    { source: 'projects', facts: [project('proj_a'), project('proj_b', { name: 'Beta' })] },
    {
      source: 'users',
      facts: [
        person('zoe', 200),
        person('Ann', 120),
        person('ben', 3, ADMIN),
        person('cat', 2, ADMIN),
        person('dan', 1),
        person('eve', null),
        ...['ben', 'cat'].map((who) => grant(who, null, { ...ADMIN, grantedAt: ago(400) })),
      ],
    },
    {
      source: 'service-accounts',
      facts: [
        ...['ci', 'old'].map((name) => user(name, { ...machine, name })),
        grant('ci', 'proj_a', { roleRaw: 'member', level: 'member', grantedAt: ago(300) }),
      ],
    },
    {
      source: 'project-users',
      project: 'proj_a',
      facts: ['dan', 'ben'].map((who) =>
        grant(who, 'proj_a', { roleRaw: 'owner', level: 'owner', grantedAt: ago(300) }),
      ),
    },
    { source: 'project-users', project: 'proj_b', facts: [grant('dan', 'proj_b', { grantedAt: ago(300) })] },
    {
      source: 'project-keys',
      project: 'proj_a',
      facts: [
        own('k-dan', 'dan', 'user', 1),
        own('k-ci', 'ci', 'service-account', 3),
        own('k-old', 'old', 'service-account', 150),
      ],
    },
    { source: 'federation-rules', facts: [federation({ account: 'ci', createdAt: ago(40) })] },
  ]
}

function world() {
  const register = newRegister()
  for (const [n, slug] of ['zeta', 'acme'].entries()) {
    const connection = newConnection(register, slug, 'openai')
    register.transact((writer) => applyReading(writer, getReading(connection, parts(slug), ago(100 + n))))
  }
  const { reader } = register
  const ids = adviceIds(reader, { sort: FIRST }, NOW)
  return { reader, ids, rows: recommendationRows(reader, ids, NOW) }
}

/** A list by its rows alone, each compared with each other. */
function expected(all: readonly RecommendationRow[], query: AdviceQuery): readonly string[] {
  const names = new Intl.Collator('en', { sensitivity: 'accent' })
  const sure = (a: RecommendationRow, b: RecommendationRow) => SURENESS.indexOf(a.sure) - SURENESS.indexOf(b.sure)
  const client = (a: RecommendationRow, b: RecommendationRow) => names.compare(a.client.name, b.client.name)
  const who = (a: RecommendationRow, b: RecommendationRow) => names.compare(a.principal.name, b.principal.name)
  const kind = (a: RecommendationRow, b: RecommendationRow) =>
    ADVICE_KINDS.indexOf(a.kind) - ADVICE_KINDS.indexOf(b.kind)
  const subject = (a: RecommendationRow, b: RecommendationRow) =>
    Number(/\d+$/u.exec(a.rowKey)?.[0]) - Number(/\d+$/u.exec(b.rowKey)?.[0])
  const [first = sure, ...rest] =
    { sure: [sure, client, kind, who], client: [client, sure, who], who: [who, sure] }[query.sort.by] ?? []
  const compare = [
    (a: RecommendationRow, b: RecommendationRow) => (query.sort.direction === 'desc' ? first(b, a) : first(a, b)),
    ...rest,
    subject,
    kind,
  ]
  return all
    .filter(
      (row) =>
        (query.client === undefined || row.client.slug === query.client) &&
        (query.kind === undefined || row.kind === query.kind) &&
        (query.sure === undefined || row.sure === query.sure) &&
        (query.project === undefined || row.project?.id === query.project) &&
        (query.person === undefined || row.principal.personId === query.person) &&
        row.principal.name.toLowerCase().includes(query.search?.toLowerCase() ?? ''),
    )
    .toSorted((a, b) => compare.reduce((found, each) => found || each(a, b), 0))
    .map(({ rowKey }) => rowKey)
}

describe('the list of recommendations', () => {
  it('has the order of its rows by every column and direction, with every filter', () => {
    const { reader, rows } = world()
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(ADVICE_KINDS))
    const [some] = rows.filter(({ project }) => project !== null)
    const filters: Partial<AdviceQuery>[] = [
      {},
      { client: 'acme' },
      ...ADVICE_KINDS.map((kind) => ({ kind })),
      ...SURENESS.map((sure) => ({ sure })),
      { project: some?.project?.id },
      { person: some?.principal.personId ?? undefined },
      { search: ' AN ' },
      { search: '%' },
    ]
    for (const filter of filters) {
      for (const by of RECOMMENDATIONS.sorts) {
        for (const direction of ['asc', 'desc'] as const) {
          const query = { ...filter, sort: { by, direction } }
          const keys = adviceIds(reader, query, NOW).map((id) => getKey(toRef(id)))
          expect([query, keys]).toEqual([query, expected(rows, { ...query, search: filter.search?.trim() })])
        }
      }
    }
  })

  it('has each recommendation as it is read alone, from the use of its own account', () => {
    const { reader, ids, rows } = world()
    for (const [n, { rowKey, principal }] of rows.entries()) {
      expect([rowKey, idOfKey(reader, rowKey, NOW)]).toEqual([rowKey, ids[n]])
      const own = rows.flatMap((row, at) => (row.principal.id === principal.id ? [ids[at]] : []))
      const alone = readAdvice(reader, { principal: principal.id }, { now: NOW }).all.map(({ id }) => id)
      expect(new Set(alone)).toEqual(new Set(own))
    }
    for (const none of [
      '',
      'member-unused-',
      'member-unused-999',
      'project-role-999',
      'key-beside-rule-999',
      'other-1',
    ]) {
      expect([none, idOfKey(reader, none, NOW)]).toEqual([none, null])
    }
    const [first] = rows
    expect(idOfKey(reader, `${first?.rowKey}.0`, NOW)).toBeNull()
  })

  it('counts those without reported use beside it, by connection', () => {
    const { reader } = world()
    const [all, acme] = [{}, { client: 'acme' }].map((query) => readAdvice(reader, query, { now: NOW }).silent)
    expect(all?.map(({ people }) => people)).toEqual([1, 1])
    expect(acme).toEqual([{ connection: 2, people: 1 }])
  })
})
