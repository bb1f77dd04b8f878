import { describe, expect, it } from 'vitest'

import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { findingMarks, findingTrend, openFindings } from '../../../../electron/register/findings/counts.ts'
import { evaluateStale } from '../../../../electron/register/findings/evaluate.ts'
import { findingGroups } from '../../../../electron/register/findings/groups.ts'
import { type FindingQuery, findingIds, findingsById } from '../../../../electron/register/findings/list.ts'
import { quietRules } from '../../../../electron/register/findings/quiet.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { getDay, toLocalDay } from '../../../../shared/domain/day.ts'
import { CERTAINTIES, type Certainty } from '../../../../shared/domain/certainty.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'
import { user } from '../registers.ts'
import { ago, applyWorld, AT, DAY, evaluateAt, type World } from './worlds.ts'

const TODAY = toLocalDay(AT)

/** A key that breaks a certain rule and a likely one, and an outsider. */
const world: World = {
  keys: [
    { name: 'dev-web-api', createdAt: ago(300), lastUse: { state: 'known', at: ago(50) } },
    { name: 'odd name', createdAt: ago(3) },
  ],
  people: [user('ann'), user('eve', { email: 'eve@elsewhere.example' })],
}

function listRules(register: Register, query: Partial<FindingQuery> = {}): readonly string[] {
  const sort = { by: 'rule', direction: 'asc' } as const
  const ids = findingIds(register.reader, { state: 'open', ...query, sort }, TODAY)
  return findingsById(register.reader, ids, { now: AT, today: TODAY }).map(({ row }) => row.rule.id)
}

/** How many findings each statement counts. */
function countAll(register: Register): readonly number[] {
  const sum = (counts: Readonly<Record<string, number>> = {}): number =>
    Object.values(counts).reduce((a, b) => a + b, 0)
  const query = { state: 'open', by: 'rule' } as const
  return [
    listRules(register).length,
    sum(openFindings(register.reader, {}, TODAY).get('acme')),
    sum(findingTrend(register.reader, {}, getDay(AT)).at(-1)?.counts),
    findingGroups(register.reader, query, TODAY).reduce((total, { count }) => total + count, 0),
  ]
}

function count(register: Register, level: Certainty): void {
  register.transact((writer) => {
    setPolicyValues(writer, 0, { countedFindings: level })
    evaluateStale(writer, { now: AT, today: TODAY })
  })
}

describe('a quiet finding', () => {
  it('is that of a rule less certain than the policy counts, or of one that the policy names', () => {
    const quiet = (level: Certainty): ReadonlySet<string> =>
      new Set(
        quietRules({ ...DEFAULT_POLICY, countedFindings: level }).map(
          (id) => RULES.find((rule) => rule.id === id)?.certainty ?? '',
        ),
      )
    expect(quiet('certain')).toEqual(new Set(['likely', 'opinion']))
    expect(quiet('likely')).toEqual(new Set(['opinion']))
    expect(quiet('opinion')).toEqual(new Set())
    expect(quietRules({ ...DEFAULT_POLICY, countedFindings: 'opinion', quietRules: ['key-unused'] })).toEqual([
      'key-unused',
    ])
    expect(new Set(RULES.map(({ certainty }) => certainty))).toEqual(new Set(CERTAINTIES))
  })

  it('is in no list, badge, group, total or trend unless it is asked for by its level or its rule', () => {
    const { register } = applyWorld(world)
    expect(listRules(register)).toEqual(['rotation-overdue'])
    expect(countAll(register)).toEqual([1, 1, 1, 1])
    expect(findingMarks(register.reader, 'key', [1, 2], {}, TODAY)).toEqual(new Map([[1, { count: 1, worst: 'high' }]]))
    expect(listRules(register, { certainty: 'likely' })).toEqual(['key-unused', 'person-outside-domains'])
    expect(listRules(register, { rule: 'key-unused' })).toEqual(['key-unused'])
    expect(listRules(register, { certainty: 'all' }).length).toBeGreaterThan(3)
  })

  it.each(CERTAINTIES)('is counted alike by every statement when the policy counts the level %s', (level) => {
    const { register } = applyWorld(world)
    count(register, level)
    const listed = listRules(register)
    expect(listed).toEqual(
      listRules(register, { certainty: 'all' }).filter(
        (id) => !quietRules({ ...DEFAULT_POLICY, countedFindings: level }).includes(id),
      ),
    )
    expect(countAll(register)).toEqual(Array.from({ length: 4 }, () => listed.length))
  })

  it('changes with the policy, also where it was resolved before', () => {
    const { register, connectionId } = applyWorld(world)
    register.transact((writer) => {
      writer.run('UPDATE key SET last_used_at = ?', [AT + DAY])
      evaluateAt(writer, connectionId, AT + DAY)
    })
    const low = (): readonly number[] =>
      findingTrend(register.reader, {}, getDay(AT + DAY)).map(({ counts }) => counts.low)
    expect(new Set(low())).toEqual(new Set([0]))
    count(register, 'likely')
    expect(low()).toEqual([2, 1])
    count(register, 'certain')
    expect(new Set(low())).toEqual(new Set([0]))
  })
})
