import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../../electron/register/apply/apply.ts'
import { STALE } from '../../../../../electron/register/findings/evaluate.ts'
import { parseRule } from '../../../../../electron/register/findings/rules.ts'
import type { Evidence } from '../../../../../electron/register/findings/kit/rule.ts'
import type { Writer } from '../../../../../electron/register/db/handles.ts'
import { createUid } from '../../../../../electron/register/db/uid.ts'
import { planModel } from '../../../../../electron/register/plans/plans.ts'
import { toLocalDay } from '../../../../../shared/domain/day.ts'
import type { BodyOf } from '../../../../../shared/decisions/operations.ts'
import { settle } from '../../../../fixtures/decided-rows.ts'
import { newConnection, project, getReading, user } from '../../registers.ts'
import { asItIs, withProjects } from '../plan-parts.ts'
import { applyWorld, AT, evaluateAt, splitParts } from '../worlds.ts'

const HOUR = 3_600_000
const PLAN = 1
const SHOP = project('proj_b', { name: 'Shop' })

const stale = (reader: Pick<Writer, 'column'>): readonly number[] =>
  reader.column<number>(STALE, { today: toLocalDay(AT) })

const ACME = { client: 'acme', at: AT } as const

const findUid = (writer: Writer, table: 'plan' | 'connection', id: number): string =>
  writer.value<string>(`SELECT uid FROM ${table} WHERE id = ?`, [id]) ?? ''

function version(writer: Writer) {
  const model = planModel(writer, PLAN, 1)
  if (model === null) throw new Error('The plan of the world does not exist.')
  return { versionUid: createUid(AT), model, errors: 0, warnings: 0, says: 'Changed' } as unknown as Omit<
    BodyOf<'plan.saved'>,
    'v' | 'planUid' | 'parentUid'
  >
}

function save(writer: Writer, planId: number): void {
  const planUid = findUid(writer, 'plan', planId)
  const parentUid = writer.value<string>('SELECT uid FROM plan_version WHERE plan_id = ?', [planId]) ?? ''
  settle(writer, 'plan.saved', ACME, { planUid, parentUid, ...version(writer) })
}

function bind(writer: Writer, planId: number, connection: number | null): void {
  const connectionUid = connection === null ? null : findUid(writer, 'connection', connection)
  settle(writer, 'plan.bound', ACME, { planUid: findUid(writer, 'plan', planId), organization: 'Acme', connectionUid })
}

function answer(writer: Writer, same = false): void {
  const externalId = writer.value<string>('SELECT external_id FROM project WHERE id = 1') ?? ''
  const subjectNamed = { connectionUid: findUid(writer, 'connection', 1), externalId }
  const planned = { part: 'project', planned: 'Web', subjectNamed, same } as const
  settle(writer, 'plan.answered', ACME, { planUid: findUid(writer, 'plan', PLAN), ...planned })
}

describe('findings of the active plan are out of date', () => {
  it.each<readonly [string, (writer: Writer) => void]>([
    ['it is saved', (writer) => save(writer, PLAN)],
    [
      'it is renamed',
      (writer) =>
        settle(writer, 'plan.renamed', ACME, { planUid: findUid(writer, 'plan', PLAN), title: 'Other', was: '' }),
    ],
    [
      'it is deactivated',
      (writer) => settle(writer, 'plan.deactivated', ACME, { planUid: findUid(writer, 'plan', PLAN) }),
    ],
    ['a connection is assigned to its organization', (writer) => bind(writer, PLAN, 1)],
    ['a name is answered', (writer) => answer(writer)],
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

  it('when a name is answered the other way, and when an organization is assigned to another connection', () => {
    const { register, connectionId } = applyWorld({ plan: asItIs })
    const other = newConnection(register, 'acme', 'anthropic')
    const after = (...changes: readonly ((writer: Writer) => void)[]): readonly number[] => {
      register.transact((writer) => {
        for (const [at, change] of changes.entries()) {
          change(writer)
          if (at < changes.length - 1) for (const id of [connectionId, other]) evaluateAt(writer, id, AT)
        }
      })
      return stale(register.reader)
    }
    const isSame = (same: boolean) => (writer: Writer) => answer(writer, same)
    expect(after(isSame(true), isSame(false))).toEqual([connectionId, other])
    const to = (id: number) => (writer: Writer) => bind(writer, PLAN, id)
    expect(after(to(connectionId), to(other))).toEqual([connectionId, other])
  })

  it('when an answer is withdrawn', () => {
    const { register, connectionId } = applyWorld({ plan: asItIs })
    register.transact((writer) => {
      bind(writer, PLAN, connectionId)
      evaluateAt(writer, connectionId, AT)
      bind(writer, PLAN, null)
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
      const made = { planUid: createUid(AT), title: 'Draft', ...version(writer) }
      const { plan: draft = 0 } = settle(writer, 'plan.created', ACME, made)
      save(writer, draft)
      bind(writer, draft, 1)
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
