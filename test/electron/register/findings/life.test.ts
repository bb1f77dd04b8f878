import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { acceptedAt, findingNames, type FindingName } from '../../../../electron/register/findings/acceptance.ts'
import { findingTrend, openFindings } from '../../../../electron/register/findings/counts.ts'
import { evaluateStale, ruleQuery } from '../../../../electron/register/findings/evaluate.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { findingHistory, findingIds, findingsById } from '../../../../electron/register/findings/list.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import { layOut } from '../../../../electron/register/findings/stage.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { keyName } from '../../../../electron/register/keys/rotation.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import { addDays, type Day, getDay, toLocalDay } from '../../../../shared/domain/day.ts'
import type { LimitFact } from '../../../../shared/domain/facts.ts'
import { type Explained, explainingWriter } from '../explaining.ts'
import { newConnection, getReading, user } from '../registers.ts'
import { ago, applyWorld, AT, DAY, evaluateAt, splitParts, standing, type World } from './worlds.ts'
import { settle } from '../../../fixtures/decided-rows.ts'

const unused: World = { keys: [{ name: 'dev-web-api', lastUse: { state: 'known', at: ago(50) } }] }
const inUse: World = { keys: [{ name: 'dev-web-api', lastUse: { state: 'known', at: ago(0) } }] }
const TODAY = toLocalDay(AT)

/** Reads the organization again; returns the sync's id. */
function readAgain(register: Register, connectionId: number, world: World, days: number): number {
  return register.transact((writer) =>
    applyReading(writer, getReading(connectionId, splitParts(world), AT + days * DAY)),
  ).syncId
}

function listAll(register: Register, rule: string) {
  const ids = register.reader.column<number>('SELECT id FROM finding WHERE rule = ? ORDER BY id', [rule])
  return findingsById(register.reader, ids, { now: AT, today: TODAY }).map((stored) => stored.row)
}

function toBody({ cause, ...findingNamed }: FindingName) {
  return { findingNamed, cause, rule: findingNamed.rule, connection: 'Acme' }
}

function accept(writer: Writer, name: FindingName, until: Day): void {
  settle(
    writer,
    'finding.accepted',
    { client: 'acme', at: AT },
    { ...toBody(name), says: 'Old.', until, reason: 'Known.' },
  )
}

describe('a finding', () => {
  it('is first seen by the sync that showed it, stays the same while it lasts, and is resolved by the first sync that no longer shows it', () => {
    const { register, connectionId } = applyWorld(unused)
    const [first] = listAll(register, 'key-unused')
    expect(first).toMatchObject({ firstSync: 1, firstSeenAt: AT, resolvedAt: null, state: 'open' })
    readAgain(register, connectionId, unused, 1)
    expect(listAll(register, 'key-unused')).toEqual([first])
    const last = readAgain(register, connectionId, inUse, 2)
    expect(listAll(register, 'key-unused')).toMatchObject([
      { state: 'resolved', resolvedSync: last, resolvedAt: AT + 2 * DAY },
    ])
  })

  it('that recurs is a new finding, with the earlier one in its history', () => {
    const { register, connectionId } = applyWorld(unused)
    readAgain(register, connectionId, inUse, 1)
    register.transact((writer) => evaluateAt(writer, connectionId, AT + 60 * DAY))
    const [earlier, again] = listAll(register, 'key-unused')
    expect(again).toMatchObject({ firstSync: null, firstSeenAt: AT + 45 * DAY, state: 'open' })
    if (!again) throw new Error('It did not come back.')
    expect(findingHistory(register.reader, again, { now: AT, today: TODAY })).toEqual([earlier])
  })

  it('is accepted until the end of its last day and open on the next', () => {
    const { register } = applyWorld({ ...unused, policy: { countedFindings: 'likely' } })
    const [finding] = listAll(register, 'key-unused')
    const id = finding?.findingId ?? 0
    const until = addDays(TODAY, 10)
    const name = findingNames(register.reader, [id]).get(id)
    if (name === undefined) throw new Error('The finding has no name.')
    register.transact((writer) => accept(writer, name, until))
    const stateOn = (today: string) => findingsById(register.reader, [id], { now: AT, today })[0]?.row.state
    expect([stateOn(TODAY), stateOn(until), stateOn(addDays(until, 1))]).toEqual(['accepted', 'accepted', 'open'])
    const listed = (state: 'open' | 'accepted', today: string): boolean =>
      findingIds(register.reader, { state, sort: { by: 'severity', direction: 'asc' } }, today).includes(id)
    expect([listed('accepted', until), listed('open', until), listed('open', addDays(until, 1))]).toEqual([
      true,
      false,
      true,
    ])
    expect(openFindings(register.reader, {}, until).get('acme')?.low).toBeUndefined()
    expect(openFindings(register.reader, {}, addDays(until, 1)).get('acme')?.low).toBe(1)
  })

  it('opens when a day has passed, without a sync', () => {
    const { register, connectionId } = applyWorld({ keys: [{ lastUse: { state: 'known', at: ago(44) } }] })
    expect(standing(register.reader, 'key-unused')).toEqual([])
    const tomorrow = { now: AT + DAY, today: toLocalDay(AT + DAY) }
    expect(register.transact((writer) => evaluateStale(writer, { now: AT + 1, today: TODAY }))).toBe(0)
    expect(register.transact((writer) => evaluateStale(writer, tomorrow))).toBe(1)
    expect(standing(register.reader, 'key-unused')).toEqual(['dev-web-api'])
    expect(register.transact((writer) => evaluateStale(writer, tomorrow))).toBe(0)
    expect(connectionId).toBe(1)
  })

  it('changes with a decision: a policy, a rotation, the domains of a client', () => {
    const { register } = applyWorld({
      keys: [{ createdAt: ago(300), lastUse: { state: 'known', at: ago(44) } }],
      people: [user('ann'), user('eve', { email: 'eve@elsewhere.example' })],
    })
    const decideThat = (work: Parameters<Register['transact']>[0]): void => {
      register.transact((writer) => {
        work(writer)
        expect(evaluateStale(writer, { now: AT, today: TODAY })).toBe(1)
      })
    }
    decideThat((writer) => setPolicyValues(writer, 0, { unusedFlagDays: 40 }))
    expect(standing(register.reader, 'key-unused')).toEqual(['dev-web-api'])
    decideThat((writer) => setPolicyValues(writer, 0, null))
    expect(standing(register.reader, 'key-unused')).toEqual([])
    expect(standing(register.reader, 'rotation-overdue')).toEqual(['dev-web-api'])
    decideThat((writer) => {
      const key = keyName(writer, 1)
      if (key === null) throw new Error('no key')
      const { connectionUid, externalId, firstKey } = key
      const of = { connectionUid, key: externalId, firstKey, lastReading: null, rotationUid: createUid(AT) }
      settleDecision(writer, {
        kind: 'key.rotated',
        at: AT,
        operator: 'Mara',
        client: 'acme',
        subject: key.name,
        body: { v: 1, ...of, trigger: 'scheduled', rotatedOn: TODAY, note: '' },
      })
      writer.run('UPDATE key SET due_on = ?', [addDays(TODAY, 180)])
    })
    expect(standing(register.reader, 'rotation-overdue')).toEqual([])
    expect(standing(register.reader, 'person-outside-domains')).toEqual(['eve'])
    decideThat((writer) =>
      writer.run(`UPDATE client SET domains = '["acme.example", "elsewhere.example"]' WHERE slug = 'acme'`),
    )
    expect(standing(register.reader, 'person-outside-domains')).toEqual([])
  })

  it('of another connection is not changed', () => {
    const { register } = applyWorld(unused)
    const other = newConnection(register, 'other')
    readAgain(register, other, {}, 1)
    expect(standing(register.reader, 'key-unused')).toEqual(['dev-web-api'])
  })

  it('distinguishes an owner who left the organization from one who lost the project', () => {
    const lost: World = { keys: [{ ownerAccess: 'inactive' }] }
    const { register, connectionId } = applyWorld(lost)
    expect(standing(register.reader, 'key-owner-without-project')).toHaveLength(1)
    readAgain(register, connectionId, { ...lost, people: [user('bob')] }, 1)
    expect(standing(register.reader, 'key-owner-without-project')).toEqual([])
    expect(standing(register.reader, 'key-owner-gone')).toHaveLength(1)
  })

  it('about a limit lasts as long after the change as the policy sets', () => {
    const withLimit = (amount: number): World => ({
      more: [
        {
          source: 'spend-limits',
          facts: [
            {
              type: 'limit',
              externalId: 'spend:org',
              project: null,
              kind: 'spend',
              enforcement: 'hard',
              metric: 'usd',
              model: null,
              amount,
              period: 'month',
            } satisfies LimitFact,
          ],
        },
      ],
    })
    const { register, connectionId } = applyWorld(withLimit(100))
    readAgain(register, connectionId, withLimit(100), 1)
    expect(standing(register.reader, 'limit-changed')).toEqual([])
    readAgain(register, connectionId, withLimit(200), 2)
    expect(standing(register.reader, 'limit-changed')).toEqual(['acme openai'])
    const after = (days: number): readonly string[] => {
      register.transact((writer) => evaluateAt(writer, connectionId, AT + (2 + days) * DAY))
      return standing(register.reader, 'limit-changed')
    }
    expect(after(29)).toEqual(['acme openai'])
    expect(after(30)).toEqual([])
  })
})

describe('the trend', () => {
  it('counts open findings after each day on which they changed, and now', () => {
    const { register, connectionId } = applyWorld({ ...unused, policy: { countedFindings: 'likely' } })
    readAgain(register, connectionId, inUse, 3)
    const low = findingTrend(register.reader, {}, getDay(AT + 5 * DAY)).map((point) => [point.day, point.counts.low])
    expect(low).toEqual([
      [getDay(AT), 1],
      [getDay(AT + 3 * DAY), 0],
      [getDay(AT + 5 * DAY), 0],
    ])
    expect(findingTrend(register.reader, { client: 'nobody' }, getDay(AT))).toEqual([])
  })
})

describe('what rules read', () => {
  it('is filled for some connections without scanning the facts of all', () => {
    const { register, connectionId } = applyWorld(unused)
    const details: string[] = []
    register.transact((writer) => {
      const explain = (sql: string, params: Parameters<typeof writer.all>[1]): void => {
        if (!/^\s*(?:INSERT|UPDATE|SELECT|WITH)\b/u.test(sql)) return
        const plan = writer.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params ?? [])
        details.push(...plan.map((step) => step.detail))
      }
      const watched: typeof writer = {
        ...writer,
        run: (sql, params) => {
          explain(sql, params)
          return writer.run(sql, params)
        },
        all: (sql, params) => {
          explain(sql, params)
          return writer.all(sql, params)
        },
      }
      layOut(watched, [connectionId], AT)
    })
    expect(details.filter((detail) => /^SCAN f\b/u.test(detail))).not.toEqual([])
    // Facts are named v, k, g, e, o and l (with an index of limits) here, syncs y and s, identities x.
    const facts = /^SCAN (?:(?:v|k|g|e|o|ov|y|s|x)\b|l USING INDEX limit)/u
    expect(details.filter((detail) => facts.test(detail))).toEqual([])
  })
})

describe('each rule', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s reads no table of facts from end to end', (_id, rule) => {
    const { register, connectionId } = applyWorld(unused)
    const plan = register.transact((writer) => {
      layOut(writer, [connectionId], AT)
      return writer.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${ruleQuery(rule)}`, { now: AT, today: TODAY })
    })
    // The temporary tables of the connections under evaluation may be scanned: k, n, p, c, f and the counts over them; and the
    // list of projects in a federation rule.
    const scans = plan.map((step) => step.detail).filter((detail) => detail.startsWith('SCAN'))
    expect(scans.filter((detail) => !/^SCAN (?:[knpcfas]|temp\.f_\w+|json_each)\b/u.test(detail))).toEqual([])
  })
})

it('accepting and reading an acceptance search, whatever the number of findings', () => {
  const { register } = applyWorld(unused)
  const explained: Explained[] = []
  register.transact((writer) => {
    const explaining = explainingWriter(writer, explained)
    const [id = 0] = writer.column<number>('SELECT id FROM finding')
    const name = findingNames(explaining, [id]).get(id)
    if (name === undefined) throw new Error('The finding has no name.')
    accept(explaining, name, TODAY)
    expect(acceptedAt(explaining, AT)).toEqual([id])
    findingsById(explaining, [id], { now: AT, today: TODAY })
    settle(explaining, 'finding.reopened', { client: 'acme', at: AT }, toBody(name))
  })
  const details = explained.flatMap(({ steps }) => steps.map(({ detail }) => detail))
  expect(details.filter((detail) => detail.startsWith('SCAN') && !/ j VIRTUAL| a$| CONSTANT/u.test(detail))).toEqual([])
})
