import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../../electron/register/apply/apply.ts'
import { STALE } from '../../../../../electron/register/findings/evaluate.ts'
import { parseRule } from '../../../../../electron/register/findings/rules.ts'
import type { Evidence } from '../../../../../electron/register/findings/kit/rule.ts'
import type { Writer } from '../../../../../electron/register/db/handles.ts'
import { createUid } from '../../../../../electron/register/db/uid.ts'
import { setBinding, setRenameAnswer } from '../../../../../electron/register/plans/answers.ts'
import {
  insertPlan,
  insertVersion,
  planModel,
  setPlanActivated,
  setPlanTitle,
} from '../../../../../electron/register/plans/plans.ts'
import { toLocalDay } from '../../../../../shared/domain/day.ts'
import { newConnection, project, getReading, user } from '../../registers.ts'
import { asItIs, withProjects } from '../plan-parts.ts'
import { applyWorld, AT, evaluateAt, splitParts } from '../worlds.ts'

const HOUR = 3_600_000
const PLAN = 1
const SHOP = project('proj_b', { name: 'Shop' })

const stale = (reader: Pick<Writer, 'column'>): readonly number[] =>
  reader.column<number>(STALE, { today: toLocalDay(AT) })

function save(writer: Writer, planId: number): void {
  const plan = planModel(writer, PLAN, 1)
  if (plan === null) throw new Error('The plan of the world does not exist.')
  insertVersion(writer, {
    planId,
    uid: createUid(AT),
    parentUid: null,
    model: plan,
    errors: 0,
    warnings: 0,
    says: 'Changed',
    at: AT,
    by: 'Mara',
  })
}

const RENAME = { part: 'project', planned: 'Web', subjectId: 1, same: false } as const

describe('findings of the active plan are out of date', () => {
  it.each<readonly [string, (writer: Writer) => void]>([
    ['it is saved', (writer) => save(writer, PLAN)],
    ['it is renamed', (writer) => setPlanTitle(writer, PLAN, 'Other')],
    ['it is deactivated', (writer) => setPlanActivated(writer, PLAN, false)],
    ['a connection is assigned to its organization', (writer) => setBinding(writer, PLAN, 'Acme', 1)],
    ['a name is answered', (writer) => setRenameAnswer(writer, PLAN, RENAME)],
    ['a connection is renamed', (writer) => writer.run("UPDATE connection SET label = 'Other' WHERE id = 1")],
    [
      'an address of a person becomes known',
      (writer) => writer.run("INSERT INTO person_address VALUES ('a@b.example', 1)"),
    ],
  ])('when %s', (_what, change) => {
    const { register, connectionId } = applyWorld({ plan: asItIs })
    expect(stale(register.reader)).toEqual([])
    register.transact(change)
    expect(stale(register.reader)).toEqual([connectionId])
  })

  it('when an answer is withdrawn', () => {
    const { register, connectionId } = applyWorld({ plan: asItIs })
    register.transact((writer) => {
      setBinding(writer, PLAN, 'Acme', connectionId)
      evaluateAt(writer, connectionId, AT)
      setBinding(writer, PLAN, 'Acme', null)
    })
    expect(stale(register.reader)).toEqual([connectionId])
  })

  it('for the other connections when a sync changed one', () => {
    const { register, connectionId } = applyWorld({ plan: asItIs })
    const other = newConnection(register, 'acme', 'anthropic')
    register.transact((writer) => {
      evaluateAt(writer, connectionId, AT)
      applyReading(writer, getReading(other, [{ source: 'users', facts: [user('bob')] }], AT + HOUR))
    })
    expect(stale(register.reader)).toEqual([connectionId])
  })

  it('but not when a draft is created and saved, or without an active plan', () => {
    const { register } = applyWorld({ plan: asItIs })
    register.transact((writer) => {
      const client = writer.value<number>("SELECT id FROM client WHERE slug = 'acme'") ?? 0
      const draft = insertPlan(writer, client, 'Draft', { at: AT, uid: createUid(AT) })
      save(writer, draft)
      setBinding(writer, draft, 'Acme', 1)
    })
    expect(stale(register.reader)).toEqual([])
    const without = applyWorld({}).register
    without.transact((writer) => writer.run("UPDATE connection SET label = 'Other' WHERE id = 1"))
    expect(stale(without.reader)).toEqual([])
  })
})

describe('a finding of the plan', () => {
  const said = (...names: readonly string[]): string | undefined => {
    const { reader } = applyWorld({ plan: withProjects(...names) }).register
    const evidence = reader.value<string>("SELECT evidence FROM finding WHERE rule = 'plan-missing'") ?? '{}'
    return parseRule('plan-missing')?.say(JSON.parse(evidence) as Evidence, { now: AT, today: toLocalDay(AT) })
  }

  it('lists three differences, and how many more there are', () => {
    expect(said('A', 'B', 'C')).toBe(
      'Compared with the plan “As it was”: The project A is planned but does not exist. The project B is planned but does not exist. The project C is planned but does not exist.',
    )
    expect(said('A', 'B', 'C', 'D')).toMatch(/project C is planned but does not exist\. And 1 more\.$/u)
  })

  it('is resolved once a sync brings what was missing', () => {
    const { register, connectionId } = applyWorld({ plan: withProjects('Shop') })
    const standing = 'SELECT rule FROM finding WHERE resolved_at IS NULL AND rule LIKE ?'
    expect(register.reader.column(standing, ['plan-%'])).toEqual(['plan-missing'])
    const projects = ['Web', 'Shop'].map((name, n) => ({ ...SHOP, externalId: n === 0 ? 'proj_a' : 'proj_b', name }))
    register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts({ projects }), AT + HOUR)))
    expect(register.reader.column(standing, ['plan-%'])).toEqual([])
  })
})
