import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Evidence } from '../../../../electron/register/findings/kit/rule.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import type { RuleCases } from './rule-cases.ts'
import { federated } from './parts.ts'
import { ago, applyWorld, foundBy, openForWorlds, type World } from './worlds.ts'

const folder = join(import.meta.dirname, 'rules')

/** One for all worlds, since opening a register takes longer than a rule. */
const register = openForWorlds()
afterAll(() => register.close())

const ALL: readonly RuleCases[] = await Promise.all(
  readdirSync(folder)
    .toSorted()
    .map(async (file) => {
      const { cases } = (await import(join(folder, file))) as { readonly cases: RuleCases }
      if (file !== `${cases.rule}.ts`) throw new Error(`${file} is about the rule ${cases.rule}.`)
      return cases
    }),
)

const ANY_ONE: readonly unknown[] = [expect.any(String)]

interface Case {
  readonly what: string
  readonly world: World
  readonly isFound: boolean
}

function getCases({ found, notFound, boundary }: RuleCases): readonly Case[] {
  const of = (worlds: Readonly<Record<string, World>>, isFound: boolean): readonly Case[] =>
    Object.entries(worlds).map(([what, world]) => ({ what, world, isFound }))
  return [...of(found, true), ...of(notFound, false), ...of(boundary.notYet, false), ...of(boundary.just, true)]
}

describe.each(ALL)('$rule', (cases) => {
  const name = (one: Case): string => `${one.isFound ? 'finds' : 'does not find'}: ${one.what}`
  it.each(getCases(cases).map((one) => [name(one), one] as const))('%s', (_name, { world, isFound }) => {
    const subjects = cases.subjects ?? ANY_ONE
    expect(foundBy(register, cases.rule, world)).toEqual(isFound ? subjects : [])
  })
})

describe('every rule', () => {
  it.each(RULES.map((rule) => [rule.id] as const))('%s has positive, negative and boundary cases', (id) => {
    const cases = ALL.find((each) => each.rule === id)
    const counts = [cases?.found, cases?.notFound, cases?.boundary.notYet, cases?.boundary.just].map(
      (worlds) => Object.keys(worlds ?? {}).length > 0,
    )
    expect(counts).toEqual([true, true, true, true])
  })

  it('has a place of its own in lists of rules', () => {
    expect(new Set(RULES.map(({ rank }) => rank)).size).toBe(RULES.length)
  })

  it('exists for each file of cases', () => {
    const known = new Set(RULES.map((rule) => rule.id))
    expect(ALL.map(({ rule }) => rule).filter((rule) => !known.has(rule))).toEqual([])
  })

  it('states why it is not certain, unless it is', () => {
    const silent = RULES.filter(({ certainty, doubt }) => (certainty === 'certain') !== (doubt === undefined))
    expect(silent.map(({ id }) => id)).toEqual([])
    for (const { doubt = 'A.' } of RULES) expect(doubt).toMatch(/^[A-Z].*\.$/u)
  })

  it('has a unique id, a remediation and controls', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect(rule.controls.length).toBeGreaterThan(0)
      expect(rule.remediation).toMatch(/^[A-Z].*\.$/u)
    }
  })
})

/** What remains a fault of a key that nothing uses, that has no owner and is not rotated. */
const OF_DECOYS = [
  'decoy-used',
  'key-deposited',
  'key-expiry-past-ceiling',
  'key-in-archived-project',
  'key-name-off-convention',
  'key-production-no-expiry',
  'key-without-project',
  'personal-key-in-production',
  'plan-key-renamed',
  'plan-key-unexplained',
]

describe('rules about keys', () => {
  const others = RULES.filter(({ id, subject }) => subject === 'key' && !OF_DECOYS.includes(id))
  it.each(others.map(({ id }) => [id]))('%s leaves decoys out', (id) => {
    const cases = ALL.find(({ rule }) => rule === id)
    for (const world of Object.values({ ...cases?.found, ...cases?.boundary.just })) {
      expect(foundBy(register, id, { ...world, decoys: 10 })).toEqual([])
    }
  })

  it('ignore a key that can no longer be used', () => {
    expect(foundBy(register, 'rotation-overdue', { keys: [{ createdAt: ago(400), status: 'expired' }] })).toEqual([])
    expect(foundBy(register, 'rotation-overdue', { keys: [{ createdAt: ago(400), expiresAt: ago(0) }] })).toEqual([])
  })
})

it('a member without recent use is described in words that fit providers without an API, such as Cursor', () => {
  const rule = RULES.find(({ id }) => id === 'member-unused')
  const says = rule?.say({ lastUsedAt: ago(91), role: 'member', days: 90 }, { now: ago(0) } as never)
  expect(says).toMatch(/^The last recorded use was on .+, 91 days ago; the policy allows 90 days\.$/u)
})

it('a rule whose scopes leave less than the role of its account is described by the level that they leave', () => {
  const rule = RULES.find(({ id }) => id === 'federation-admin')
  const { reader } = applyWorld(federated([{ level: 'admin' }], { roleRaw: 'owner', level: 'owner' })).register
  const evidence = reader.value<string>("SELECT evidence FROM finding WHERE rule = 'federation-admin'")
  expect(rule?.say(JSON.parse(evidence ?? '{}') as Evidence, { now: ago(0) } as never)).toMatch(
    / can administer a project through it, with the role owner, limited by the scopes of the rule to admin, and without a key\.$/u,
  )
})
