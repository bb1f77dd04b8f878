import { spawnSync } from 'node:child_process'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  checkKeyNamePattern,
  DEFAULT_KEY_NAME_PATTERN,
  environmentInName,
  environmentWord,
  isProduction,
  keyEnvironment,
  lineageName,
  parseKeyName,
  PRODUCTION_WORDS,
} from '../../../shared/domain/naming.ts'
import { anyString } from '../../any-string.ts'

const WORDS = ['environment', 'team', 'purpose'] as const

/** A valid pattern: parts in any order with separators of any characters between them. */
const somePattern = fc
  .tuple(
    fc.shuffledSubarray([...WORDS], { minLength: 1 }),
    fc.array(fc.string({ unit: fc.constantFrom('-', '_', '.', '/', 'a', '(', '*', '\\', '$', ' '), maxLength: 3 }), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([words, literals]) =>
    words.reduce(
      (pattern, word, n) => `${pattern}{${word}}${n === words.length - 1 ? literals[3] : literals[n + 1] || '-'}`,
      literals[0] ?? '',
    ),
  )

describe('key names by a pattern', () => {
  it.each<[string, string, object | null]>([
    ['prod-product-backend', '', { environment: 'production', team: 'product', purpose: 'backend' }],
    ['prod-web-checkout-worker', '', { environment: 'production', team: 'web', purpose: 'checkout-worker' }],
    [' STG-web-api ', '', { environment: 'staging', team: 'web', purpose: 'api' }],
    ['prod-web-the api of sales', '', { environment: 'production', team: 'web', purpose: 'the api of sales' }],
    ['prod-web', '', null],
    ['prod--api', '', null],
    ['my key-web-api', '', null],
    ['prod-web-a\nb', '', null],
    ['', '', null],
    ['api.web@prod', '{purpose}.{team}@{environment}', { environment: 'production', team: 'web', purpose: 'api' }],
    ['key(web)', 'key({team})', { environment: null, team: 'web', purpose: null }],
    ['key(we b)', 'key({team})', null],
    ['key()', 'key({team})', null],
    ['.*', '{team}.*', null],
    ['constructor-web-api', '', { environment: 'constructor', team: 'web', purpose: 'api' }],
    ['__proto__-web-api', '', { environment: '__proto__', team: 'web', purpose: 'api' }],
  ])('reads %j by %j', (name, pattern, parts) => {
    expect(parseKeyName(name, pattern || DEFAULT_KEY_NAME_PATTERN)).toEqual(parts)
  })

  it('reads back every name that was made by a pattern, completely', () => {
    const part = fc.string({ unit: fc.constantFrom('x', 'é', '7', '🔑', 'z'), minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(somePattern, part, part, part, (pattern, environment, team, purpose) => {
        expect(checkKeyNamePattern(pattern)).toEqual({ ok: true })
        const values = { environment, team, purpose }
        const name = WORDS.reduce((text, word) => text.replace(`{${word}}`, () => values[word]), pattern)
        fc.pre(name === name.trim())
        const read = parseKeyName(name, pattern)
        for (const word of WORDS) expect(read?.[word]).toBe(pattern.includes(`{${word}}`) ? values[word] : null)
      }),
    )
  })

  it('reads any name as a backtracking expression would, in any pattern', () => {
    const someName = fc.string({ unit: fc.constantFrom('-', '_', '.', 'a', 'b', ' ', '(', '*'), maxLength: 12 })
    fc.assert(
      fc.property(somePattern, someName, (pattern, name) => {
        const found = /\{(?:environment|team|purpose)\}/gu
        const order = [...pattern.matchAll(found)].map(([whole]) => whole)
        const literals = pattern.split(found)
        const source = literals.slice(1).reduce(
          (text, literal, n) => {
            const group = n === order.length - 1 && literal === '' ? '(.+)' : String.raw`([^\s]+?)`
            return `${text}${group}${RegExp.escape(literal)}`
          },
          RegExp.escape(literals[0] ?? ''),
        )
        const match = new RegExp(`^${source}$`, 'u').exec(name.trim())
        const read = parseKeyName(name, pattern)
        expect(read === null).toBe(match === null)
        order.forEach((whole, n) => {
          const word = whole.slice(1, -1) as (typeof WORDS)[number]
          const text = match?.[n + 1]
          expect(read?.[word]).toBe(word === 'environment' && text !== undefined ? environmentWord(text) : text)
        })
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['', 'contains no part'],
    ['prod-web-api', 'contains no part'],
    ['{environment}-{client}', '{client} is not a part'],
    ['{team}-{team}', 'occurs twice'],
    ['{environment}{team}', 'Two parts have no separator'],
    ['{environment}-{team', 'no counterpart'],
    ['{{team}}', 'no counterpart'],
    ['{constructor}', 'is not a part'],
  ])('refuses the pattern %j', (pattern, reason) => {
    const check = checkKeyNamePattern(pattern)
    expect(check.ok ? '' : check.reason).toContain(reason)
  })
})

describe('environments', () => {
  it.each([
    ['PROD', 'production'],
    [' live ', 'production'],
    ['qa', 'test'],
    ['Blue', 'blue'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['toString', 'tostring'],
  ])('%j is %j', (text, word) => {
    expect(environmentWord(text)).toBe(word)
    expect(isProduction(text)).toBe(word === 'production')
  })

  it('is null for a key without one', () => {
    expect(isProduction(null)).toBe(false)
  })
})

describe('the part of a name that stays through rotation', () => {
  it.each([
    ['prod-web-api-v2', 'prod-web-api'],
    ['Prod-Web-API', 'prod-web-api'],
    ['prod-web-api_2026-01', 'prod-web-api'],
    ['prod-web-api-2026-01-15', 'prod-web-api'],
    ['prod-web-api.202601', 'prod-web-api'],
    ['prod-web-api-20260115', 'prod-web-api'],
    ['prod-web-api (2)', 'prod-web-api'],
    ['prod-web-api(2)', 'prod-web-api'],
    ['prod-web-api-new', 'prod-web-api'],
    ['prod-web-api - rotated', 'prod-web-api'],
    ['prod-web-api-new-v3-copy', 'prod-web-api'],
    ['v2', 'v2'],
    ['2026-01', '2026-01'],
    ['--v2', '--v2'],
    ['prod-web-renew', 'prod-web-renew'],
    ['photocopy', 'photocopy'],
    ['gpt-4', 'gpt-4'],
    ['prod-port-8080', 'prod-port-8080'],
    ['build202601', 'build202601'],
    ['', ''],
  ])('of %j is %j', (name, stem) => {
    expect(lineageName(name)).toBe(stem)
  })

  it('is the same for every re-issue, and does not change when computed again', () => {
    const mark = fc.constantFrom('-v2', '_v17', ' (3)', '(12)', '-new', '.rotated', '-copy', '-2026-11', '-20261101')
    fc.assert(
      fc.property(anyString({ maxLength: 40 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
        const name = `${text}x`
        expect(lineageName(`${name}${marks.join('')}`)).toBe(lineageName(name))
        expect(lineageName(lineageName(text))).toBe(lineageName(text))
      }),
    )
  })
})

describe('names of any length', () => {
  it('are read in one pass, even if made to keep an expression busy', () => {
    // In a process of its own: an endless loop could not be stopped in this one.
    const code = `
      import { checkKeyNamePattern, lineageName, parseKeyName } from '${import.meta.dirname}/../../../shared/domain/naming.ts'
      for (const unit of ['-', ' ', '20', '-v2', 'a-', '-20260115', '(1)', '{', '{}', '\\u{1f511}', '.v1.']) {
        for (const end of ['', 'x', ' ', '-v', '\\n']) {
          const name = unit.repeat(100_000) + end
          lineageName(name)
          checkKeyNamePattern(name)
          for (const pattern of ['{environment}-{team}-{purpose}', '{environment}-{team}-{purpose}!', '-{team}--{purpose}-'])
            parseKeyName(name, pattern)
        }
      }`
    const done = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], {
      timeout: 40_000,
      encoding: 'utf8',
    })
    expect(done.stderr).not.toContain('Error')
    expect(done.status).toBe(0)
  })
})

describe('the environment in a project’s name', () => {
  it.each([
    ['Triage-Prod', 'production'],
    ['prod', 'production'],
    ['Claims_Dev', 'development'],
    ['Product', null],
    ['Developer Tools', null],
    ['prod_5', 'production'],
    ['prod2-worker', 'production'],
    ['PRD web', 'production'],
    ['livechat', null],
    ['', null],
  ])('%s: %s', (name, environment) => {
    expect(environmentInName(name)).toBe(environment)
  })
})

describe('the environment of a key', () => {
  it.each([
    ['prod-web-checkout', null, 'production'],
    ['prod-backend', null, 'production'],
    ['prod_5', null, 'production'],
    ['chatbot-prod-backend', null, 'production'],
    ['backend', 'ChatBot Live', 'production'],
    ['dev-backend', 'ChatBot Prod', 'development'],
    ['alice-web-notebook', null, 'alice'],
    ['alice notebook', 'Research', null],
  ])('%s in the project %s: %s', (name, project, environment) => {
    expect(keyEnvironment({ name, project }, DEFAULT_KEY_NAME_PATTERN)).toBe(environment)
  })

  it('is production for every spelling of it, anywhere among the words of the name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRODUCTION_WORDS),
        fc.array(fc.constantFrom('web', 'api', 'team', '7'), { maxLength: 3 }),
        fc.nat(3),
        fc.constantFrom('-', '_', ' ', '.', '/'),
        (word, others, at, separator) => {
          const name = [...others.slice(0, at), word, ...others.slice(at)].join(separator)
          expect(isProduction(keyEnvironment({ name, project: null }, DEFAULT_KEY_NAME_PATTERN))).toBe(true)
        },
      ),
    )
  })
})
