import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { findMissingTests, hasTest } from './named-tests.ts'
import { toThreatPage } from './threats/page.ts'
import { CHECKS } from '../build/pack/check/content.mjs'
import { ATTACKERS, IN_USE } from './threats/threat.ts'
import { ASSETS } from './threats/threats.ts'

const THREATS = ASSETS.flatMap(({ threats }) => threats)

/** Checks of packages that are about what works, and not about an attacker. */
const FOR_USERS = new Set(['entries', 'terminal', 'icons', 'desktop', 'size'])

describe('the threat model', () => {
  it('names tests that exist, each by its title', () => {
    expect(findMissingTests(THREATS.flatMap(({ tests }) => tests))).toEqual([])
  })

  it('has rows for every asset and every attacker, each attempt once, and no number twice', () => {
    expect(THREATS.length).toBeGreaterThan(100)
    expect(ASSETS.filter(({ threats }) => threats.length === 0)).toEqual([])
    expect([...new Set(THREATS.map(({ who }) => who))].toSorted()).toEqual(Object.keys(ATTACKERS).toSorted())
    expect(new Set(THREATS.map(({ who, attempt }) => `${who} ${attempt}`)).size).toBe(THREATS.length)
    expect(new Set(ASSETS.map(({ code }) => code)).size).toBe(ASSETS.length)
    const sentences = THREATS.filter(({ attempt, control }) => attempt.endsWith('.') || !control.endsWith('.'))
    expect(sentences).toEqual([])
  })

  it('has a check of packages for every control with never or only that a package can show', () => {
    const claims = THREATS.filter(({ control }) => /(?<!-)\b(?:never|only)\b/iu.test(control))
    expect(claims.length).toBeGreaterThan(20)
    expect(claims.filter(({ packed }) => packed === undefined).map(({ control }) => control)).toEqual([])
    const named = THREATS.flatMap(({ packed }) => (packed === undefined || packed === IN_USE ? [] : packed))
    expect(named.filter((check) => !(check in CHECKS))).toEqual([])
  })

  it('names every check of packages by which an attacker is refused', () => {
    const named = new Set<string>(THREATS.flatMap(({ packed }) => packed ?? []))
    const forAttackers = Object.keys(CHECKS).filter((check) => !FOR_USERS.has(check))
    expect(forAttackers.filter((check) => !named.has(check))).toEqual([])
  })

  it('is a page that matches the list; run this file with `--update` to write it', async () => {
    await expect(toThreatPage(ASSETS)).toMatchFileSnapshot('../docs/threat-model.md')
  })
})

describe('a test that a page names', () => {
  it.each([
    [`it('runs', () => {`, true],
    [`test.each(CASES)('runs', () => {`, true],
    [`it.each([\n  [1, 2],\n])('runs', () => {`, true],
    ['describe.skipIf(isWindows)(`runs`, () => {', true],
    [`it(\n    'runs',\n    { timeout: 1 },\n`, true],
    ['test(`runs ${part} of ${PARTS}`, async () => {', true],
    [`await test.step('runs', async () => {`, true],
    [`const other = 'runs'\nit('runs', () => {`, true],
    [`it('runs', () => {})\nit('runs', () => {`, false],
    [`describe.skip('all', () => {\nit('runs', () => {`, false],
    [`it('runs and ends', () => {`, false],
    [`it.skip('runs', () => {`, false],
    [`test.fixme('runs', () => {`, false],
    [`xit('runs', () => {`, false],
    [`// it('runs', () => {`, false],
    [`const other = 'runs'`, false],
    [`it('is other', () => expect(name).toBe('runs'))`, false],
    ['', false],
  ])('is found in %j: %s', (source, isThere) => {
    expect(hasTest(source, 'runs')).toBe(isThere)
  })

  it('is missing where its file is', () => {
    expect(findMissingTests([['test/nowhere.test.ts', 'runs']])).toHaveLength(1)
  })
})

describe('the page about teams', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../docs/team-threats.md'), 'utf8')

  it('is linked from the threat model, and leads back to it', () => {
    expect(toThreatPage(ASSETS)).toContain('](team-threats.md)')
    expect(page).toContain('](threat-model.md)')
  })
})
