import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { isMap, isSeq, parseDocument } from 'yaml'

import { parsePlan } from '../../../../shared/domain/plans/yaml/parse.ts'
import { printPlan } from '../../../../shared/domain/plans/yaml/print.ts'
import type { Plan, PlannedLimit } from '../../../../shared/domain/plans/plan.ts'
import { PROVIDER_IDS } from '../../../../shared/domain/providers/providers.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/plan.md'), 'utf8')

const EXAMPLE = /```yaml\n([\s\S]*?)```/u.exec(PAGE)?.[1] ?? ''

/** The fields of the table, and whether each is required. */
const FIELDS = new Map(
  [...PAGE.matchAll(/^\| `([^`]+)`\s*\| (yes|no)\s*\|/gmu)].map(([, field = '', needed]) => [field, needed === 'yes']),
)

const LIMIT: PlannedLimit = { amount: 1_000_000, enforcement: 'hard', thresholds: [50] }

/** A plan with a value in every field. */
const FULL: Plan = {
  name: 'Acme',
  organizations: [{ name: 'Acme', provider: 'openai', reason: 'law', limit: LIMIT }],
  teams: [{ name: 'Product', lead: 'Ana' }],
  environments: ['prod'],
  projects: [
    {
      name: 'Prod',
      organization: 'Acme',
      team: 'Product',
      application: 'chatbot',
      environments: ['prod'],
      limit: LIMIT,
      keys: [{ name: 'prod-product-api', environment: 'prod', purpose: 'api', rotationDays: 30 }],
    },
  ],
  jobs: [{ name: 'Dev', level: 'member', projects: ['Prod'], note: 'note' }],
  people: [{ name: 'Ana', email: 'ana@acme.example', job: 'Dev' }],
  naming: { pattern: '{environment}-{team}-{purpose}', examples: ['prod-product-api'] },
  reviews: [{ about: 'keys', months: 1 }],
  attribution: [{ report: 'weekly', by: 'project', to: 'leads', says: 'says' }],
  choices: [{ question: 'question', answer: 'answer', rule: 'rule', overridden: 'because' }],
}

/** The path of each field of a node, as the table writes it. */
function listPaths(node: unknown, path = ''): string[] {
  if (isSeq(node)) return node.items.flatMap((item) => listPaths(item, `${path}[]`))
  if (!isMap(node)) return []
  return node.items.flatMap(({ key, value }) => {
    const own = path === '' ? String(key) : `${path}.${String(key)}`
    return [own, ...listPaths(value, own)]
  })
}

/** The full plan without one field, read. */
function without(field: string): ReturnType<typeof parsePlan> {
  const document = parseDocument(printPlan(FULL))
  const steps = field
    .split(/(\[\])?\./u)
    .flatMap((step): (string | number)[] => (step === undefined ? [] : step === '[]' ? [0] : [step]))
  document.deleteIn(steps)
  return parsePlan(document.toString())
}

describe('the page about plans', () => {
  it('has a valid example plan, written as a plan is printed', () => {
    const { plan, problems } = parsePlan(EXAMPLE)
    expect(problems).toEqual([])
    const printed = plan === null ? '' : printPlan(plan)
    expect(parsePlan(printed).plan).toEqual(plan)
    expect(printed.replace(/^#.*\n\n/u, '')).toBe(EXAMPLE)
  })

  it('lists every field of a plan, and no other', () => {
    const paths = [...new Set(listPaths(parseDocument(printPlan(FULL)).contents))]
    expect([...FIELDS.keys()].toSorted()).toEqual(paths.toSorted())
  })

  it('shows for each field whether it is required', () => {
    for (const [field, needed] of FIELDS) expect([field, without(field).plan === null]).toEqual([field, needed])
  })

  it('names every provider', () => {
    const row = PAGE.split('\n').find((line) => line.includes('organizations[].provider')) ?? ''
    for (const id of PROVIDER_IDS) expect(row).toContain(`\`${id}\``)
  })
})
