import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { planFromTemplate, PLAN_TEMPLATES } from '../../../../shared/domain/plans/templates.ts'
import { parsePlan } from '../../../../shared/domain/plans/yaml/parse.ts'
import { printPlan } from '../../../../shared/domain/plans/yaml/print.ts'
import { anyPlan, anyText } from './any-plan.ts'
import { FILE_LIMITS } from '../../../../shared/domain/file-limits.ts'
import { anyString } from '../../../any-string.ts'
import { growth, LINEAR } from '../../../growth.ts'
import { isSound } from './is-sound.ts'

/** The problems of a text, with their places. */
function wrong(yaml: string): string[] {
  return parsePlan(yaml).problems.map(({ line, column, says }) => `${line}:${column} ${says}`)
}

describe('a plan in YAML', () => {
  it('is read back as it was printed, whatever its texts contain, and is printed the same again', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const yaml = printPlan(plan)
        const read = parsePlan(yaml)
        expect(read.plan).toEqual(plan)
        expect(printPlan(read.plan ?? plan)).toBe(yaml)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['['.repeat(20_000), '- '.repeat(20_000), '{a: '.repeat(20_000)])(
    'that is nested too deep (%#) is one problem, with a message',
    (yaml) => {
      expect(wrong(yaml)).toEqual(['1:1 Invalid YAML: it is nested too deep.'])
    },
  )

  it('lists the first 100 places that cannot be read, counts the rest, and contains no words of the parser', () => {
    const problems = wrong(`name: Acme\nteams:\n${'  - "a\\q"\n'.repeat(130)}`)
    expect(problems).toHaveLength(101)
    expect(problems[0]).toBe('3:7 Invalid YAML: an escape in quotes is not known.')
    expect(problems[100]).toMatch(/^102:\d+ 30 more problems are not listed\.$/u)
  })

  it.each([
    [
      'fields that are not known',
      `name: Acme\norganizations: []\n${Array.from({ length: 130 }, (_, n) => `x${n}: 1\n`).join('')}`,
    ],
    ['aliases', `name: Acme\norganizations: []\nteams:\n  - &a x\n${'  - *a\n'.repeat(130)}`],
    [
      'projects in no organization',
      `name: Acme\norganizations: []\nprojects:\n${Array.from({ length: 130 }, (_, n) => `  - name: p${n}\n    organization: none\n`).join('')}`,
    ],
  ])('lists 100 problems of a plan with many %s, and counts the rest', (_what, yaml) => {
    const { problems } = parsePlan(yaml)
    expect(problems).toHaveLength(101)
    expect(problems[100]?.says).toMatch(/^\d+ more problems are not listed\.$/u)
    expect(Number.parseInt(problems[100]?.says ?? '', 10)).toBeGreaterThanOrEqual(30)
  })

  it('lists errors before warnings if not all fit, so that a plan with an error never looks valid', () => {
    const examples = Array.from({ length: 130 }, (_, n) => `    - no pattern ${n}\n`).join('')
    const yaml = `name: Acme\norganizations:\n  - name: Acme\n    provider: openai\nnaming:\n  examples:\n${examples}reviews:\n  - about: roles\n    months: 99\n`
    const { plan, problems } = parsePlan(yaml)
    expect(plan).not.toBeNull()
    const of = (severity: string): number => problems.filter((problem) => problem.severity === severity).length
    expect([of('error'), of('warning'), isSound(problems)]).toEqual([1, 100, false])
    expect(problems.at(-1)).toMatchObject({ severity: 'warning', says: '31 more problems are not listed.' })
  })

  it('with too many words and signs is one problem, before it is parsed', () => {
    expect(wrong(`teams: [${'a,'.repeat(FILE_LIMITS.yamlWords / 2)}]`)).toEqual([
      '1:1 The file has more than 400,000 words and signs; no more are read.',
    ])
    expect(wrong(`# ${'x'.repeat(FILE_LIMITS.yamlCharacters)}`)).toEqual([
      '1:1 The file has 5,000,002 characters; at most 5,000,000 are read.',
    ])
  })

  it.each([
    ['fields that are not known', (n: number) => `field${n}: 1\n`],
    ['aliases', (n: number) => `x${n}: *a\n`],
    ['repeated fields', () => 'a: 1\n'],
  ])('with many %s takes no more time for each', async (_what, line) => {
    const text = (count: number): string => Array.from({ length: count }, (_, n) => line(n)).join('')
    expect(await growth((size) => parsePlan(text(size)), 1000)).toBeLessThan(LINEAR)
  })

  it('reports what is wrong with any text, with a place in it, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyString({ maxLength: 60 })), (yaml) => {
        const { plan, problems } = parsePlan(yaml)
        expect(plan !== null || problems.length > 0).toBe(true)
        const lines = yaml.split(/\n/u).length
        for (const { line, column } of problems) {
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(lines + 1)
          expect(column).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('of a template is valid, and leaves out what is not set', () => {
    for (const template of PLAN_TEMPLATES) {
      const yaml = printPlan(planFromTemplate(template))
      expect(parsePlan(yaml).plan).toEqual(planFromTemplate(template))
      expect(yaml).not.toContain('null')
    }
  })

  it('reads words as words, and amounts as the dollars that are written', () => {
    const yaml = `
name: 2026
organizations:
  - name: yes
    provider: openai
    limit: { amount: 99.10 }
projects:
  - name: 0x1f
    limit: { amount: 1234567.89, enforcement: hard, thresholds: [80] }
`
    expect(parsePlan(yaml).plan).toMatchObject({
      name: '2026',
      organizations: [{ name: 'yes', limit: { amount: 99_100_000, enforcement: 'alert', thresholds: [] } }],
      projects: [{ name: '0x1f', organization: 'yes', limit: { amount: 1_234_567_890_000 } }],
    })
  })

  it('reports an unknown field at its place, with the one that was meant', () => {
    const yaml = 'name: Acme\norganizations:\n  - name: Acme\n    provider: openai\n    reson: tax\n'
    expect(parsePlan(yaml)).toMatchObject({
      plan: null,
      problems: [{ line: 5, column: 5, hint: expect.stringContaining('Did you mean reason?') as string }],
    })
  })

  it('reports problems of the model at the value that causes them', () => {
    const yaml = `name: Acme
organizations:
  - { name: Acme, provider: openai }
teams:
  - name: Product
projects:
  - name: Product-Prod
    team: Produkt
  - name: product-prod
    environments: [prod]
`
    expect(wrong(yaml)).toEqual([
      '8:11 The plan has no team “Produkt”.',
      '9:11 Another project is called “product-prod” too, ignoring case (projects[0].name).',
      '10:20 The plan has no environment “prod”.',
    ])
  })

  it('reports errors of syntax, repeated fields and aliases by line and column', () => {
    expect(wrong('name: Acme\nteams: [a\n')).toEqual([expect.stringMatching(/^[23]:\d+ Invalid YAML/u)])
    expect(wrong('name: Acme\nname: Other\n')).toEqual([expect.stringMatching(/^2:1 Invalid YAML.*unique/u)])
    expect(wrong('name: &a Acme\nteams: *a\n')).toEqual(['2:8 An alias (*) is not allowed here.'])
    expect(wrong('name: Acme\n---\nname: Other\n')).toEqual([expect.stringMatching(/a second document begins here/u)])
    expect(wrong('')).toEqual(['1:1 The file is empty.'])
  })

  it('asks which organization a project is in if there are several', () => {
    const yaml =
      'name: A\norganizations:\n  - {name: A, provider: openai}\n  - {name: B, provider: anthropic}\nprojects:\n  - name: P\n'
    expect(wrong(yaml)).toEqual(['6:5 “P” has no organization.'])
  })

  it('is refused if it was written for a later format', () => {
    expect(wrong('plan: 2\nname: A\norganizations: []\n')).toContain(
      '1:7 This file has format 2; this version of Castellan reads 1.',
    )
  })
})
