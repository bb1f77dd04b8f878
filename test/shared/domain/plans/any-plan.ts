import * as fc from 'fast-check'

import type { Plan, PlannedLimit } from '../../../../shared/domain/plans/plan.ts'
import { LEVELS } from '../../../../shared/domain/role.ts'
import { anyString } from '../../../any-string.ts'

/** Malicious text, or text that a format may misread. */
const HOSTILE = [
  '',
  ' ',
  'null',
  '~',
  'yes',
  '1e3',
  '0x1f',
  '2026-11-24',
  '- a',
  'a: b',
  'a # b',
  '&a',
  '*a',
  '!!str a',
  '|',
  '>-',
  '%YAML',
  '---',
  '...',
  '{}',
  '[]',
  '"quoted"',
  'it’s',
  "'",
  '\\',
  'end\n',
  '\n\nlines\n  more',
  '\u0085\u2028\u2029\uFEFF',
  '\0\u001b[31m',
  '\u202Etxt',
  '"] --> x["',
  '#quot;',
  '<script>alert(1)</script>',
  '```',
  '| a | b |',
  'end',
  'subgraph',
  '%% comment',
  '`code`',
  'click A "x"',
  '__proto__',
  'constructor',
] as const

export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  anyString({ maxLength: 12 }),
  fc.constantFrom(...HOSTILE),
)

const perhaps = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null })

const list = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 3 })

const anyLimit: fc.Arbitrary<PlannedLimit> = fc.record({
  amount: fc.nat({ max: 999_999_999_999_999 }),
  enforcement: fc.constantFrom('hard', 'alert'),
  thresholds: list(fc.integer({ min: -1000, max: 1000 })),
})

/** Any plan that a window or a file can hold, valid or not. */
export function anyPlan(text: fc.Arbitrary<string> = anyText): fc.Arbitrary<Plan> {
  return fc.record({
    name: text,
    organizations: list(
      fc.record({
        name: text,
        provider: fc.constantFrom('openai', 'anthropic'),
        reason: perhaps(text),
        limit: perhaps(anyLimit),
      }),
    ),
    teams: list(fc.record({ name: text, lead: perhaps(text) })),
    environments: list(text),
    projects: list(
      fc.record({
        name: text,
        organization: text,
        team: perhaps(text),
        application: perhaps(text),
        environments: list(text),
        limit: perhaps(anyLimit),
        keys: list(
          fc.record({ name: text, environment: perhaps(text), purpose: text, rotationDays: perhaps(fc.integer()) }),
        ),
      }),
    ),
    jobs: list(
      fc.record({
        name: text,
        level: fc.constantFrom(...LEVELS),
        projects: fc.oneof(fc.constant('all' as const), list(text)),
        note: perhaps(text),
      }),
    ),
    people: list(fc.record({ name: text, email: text, job: text })),
    naming: fc.record({ pattern: text, examples: list(text) }),
    reviews: list(
      fc.record({
        about: fc.constantFrom('admins', 'keys', 'roles', 'projects', 'departed'),
        months: fc.nat({ max: 100 }),
      }),
    ),
    attribution: list(
      fc.record({
        report: perhaps(fc.constantFrom('weekly', 'monthly')),
        by: perhaps(text),
        to: perhaps(text),
        says: text,
      }),
    ),
    choices: list(fc.record({ question: text, answer: text, rule: text, overridden: perhaps(text) })),
  })
}
