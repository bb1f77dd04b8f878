import { isScalar, LineCounter, type Node } from 'yaml'

import { counted } from '../../counted.ts'
import { ENFORCEMENTS } from '../../facts.ts'
import { MOST_PROBLEMS } from '../../file-limits.ts'
import { PROVIDER_IDS } from '../../providers/providers.ts'
import { LEVELS } from '../../role.ts'
import { toProblems } from '../check/check.ts'
import { type Plan, type PlannedKey, type PlannedLimit, type PlannedProject, PLANNED_REVIEWS } from '../plan.ts'
import type { PlacedProblem } from '../problem.ts'
import { STANDARD_NAMING } from '../standard.ts'
import { readYaml } from './document.ts'
import {
  dollars,
  toGroup,
  getList,
  newReading,
  pickOne,
  perhaps,
  perhapsText,
  place,
  type NodeReader,
  type Reading,
  text,
  whole,
} from './nodes.ts'

/** The version of the file format. */
export const PLAN_FORM = 1

const limit = toGroup<PlannedLimit>('A limit', {
  amount: { read: dollars },
  enforcement: { read: pickOne(ENFORCEMENTS), absent: 'alert' },
  thresholds: { read: getList(whole), absent: [] },
})

const key = toGroup<PlannedKey>('A key', {
  name: { read: text },
  environment: { read: perhapsText, absent: null },
  purpose: { read: text, absent: '' },
  rotationDays: { read: perhaps(whole), absent: null },
})

/** With only one organization, its projects need not name it. */
type ReadProject = Omit<PlannedProject, 'organization'> & { readonly organization: string | null }

const projectsOfJob: NodeReader<'all' | readonly string[]> = (reading, node, path) =>
  isScalar(node) && node.value === 'all' ? 'all' : getList(text)(reading, node, path)

type ReadPlan = Omit<Plan, 'projects'> & { readonly plan: number; readonly projects: readonly ReadProject[] }

const planGroup = toGroup<ReadPlan>('A plan', {
  plan: { read: form, absent: PLAN_FORM },
  name: { read: text },
  organizations: {
    read: getList(
      toGroup<Plan['organizations'][number]>('An organization', {
        name: { read: text },
        provider: { read: pickOne(PROVIDER_IDS) },
        reason: { read: perhapsText, absent: null },
        limit: { read: perhaps(limit), absent: null },
      }),
    ),
  },
  environments: { read: getList(text), absent: [] },
  teams: {
    read: getList(
      toGroup<Plan['teams'][number]>('A team', { name: { read: text }, lead: { read: perhapsText, absent: null } }),
    ),
    absent: [],
  },
  projects: {
    read: getList(
      toGroup<ReadProject>('A project', {
        name: { read: text },
        organization: { read: perhapsText, absent: null },
        team: { read: perhapsText, absent: null },
        application: { read: perhapsText, absent: null },
        environments: { read: getList(text), absent: [] },
        limit: { read: perhaps(limit), absent: null },
        keys: { read: getList(key), absent: [] },
      }),
    ),
    absent: [],
  },
  jobs: {
    read: getList(
      toGroup<Plan['jobs'][number]>('A job', {
        name: { read: text },
        level: { read: pickOne(LEVELS) },
        projects: { read: projectsOfJob, absent: [] },
        note: { read: perhapsText, absent: null },
      }),
    ),
    absent: [],
  },
  people: {
    read: getList(
      toGroup<Plan['people'][number]>('A person', {
        name: { read: text },
        email: { read: text },
        job: { read: text },
      }),
    ),
    absent: [],
  },
  naming: {
    read: toGroup<Plan['naming']>('The convention', {
      pattern: { read: text, absent: STANDARD_NAMING.pattern },
      examples: { read: getList(text), absent: [] },
    }),
    absent: STANDARD_NAMING,
  },
  reviews: {
    read: getList(
      toGroup<Plan['reviews'][number]>('A review', {
        about: { read: pickOne(PLANNED_REVIEWS) },
        months: { read: whole },
      }),
    ),
    absent: [],
  },
  attribution: {
    read: getList(
      toGroup<Plan['attribution'][number]>('A line of attribution', {
        says: { read: text },
        report: { read: perhaps(pickOne(['weekly', 'monthly'])), absent: null },
        by: { read: perhapsText, absent: null },
        to: { read: perhapsText, absent: null },
      }),
    ),
    absent: [],
  },
  choices: {
    read: getList(
      toGroup<Plan['choices'][number]>('A choice', {
        question: { read: text },
        answer: { read: text },
        rule: { read: text, absent: '' },
        overridden: { read: perhapsText, absent: null },
      }),
    ),
    absent: [],
  },
})

function form(reading: Reading, node: Node | null, path: string): number | undefined {
  const read = whole(reading, node, path)
  if (read === undefined || read === PLAN_FORM) return read
  const hint = 'Read it with a newer version of Castellan.'
  reading.problems.push(
    place(reading, {
      path,
      severity: 'error',
      says: `This file has format ${read}; this version of Castellan reads ${PLAN_FORM}.`,
      hint,
    }),
  )
  return undefined
}

export interface ParsedPlan {
  /** Null if the file cannot be read. */
  readonly plan: Plan | null
  /**
   * Why it cannot be read; else what is wrong with the plan. In the order of the file; if there are many, the last one
   * counts those that are not listed.
   */
  readonly problems: readonly PlacedProblem[]
}

/** Reads a plan from YAML, as `readYaml` reads it. */
export function parsePlan(yaml: string): ParsedPlan {
  const counter = new LineCounter()
  const reading = newReading(counter)
  const { contents, problems, unlisted } = readYaml(yaml, counter)
  if (problems.length > 0) {
    for (const { offset, ...reported } of problems) {
      reading.problems.push(place(reading, { path: '', severity: 'error', ...reported }, offset))
    }
    reading.unlisted = unlisted
    return { plan: null, problems: firstProblems(reading) }
  }
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    const hint = 'Begin with “name: Your Company”, or print one: castellan plan show NAME --format yaml'
    return { plan: null, problems: [place(reading, { path: '', severity: 'error', says: 'The file is empty.', hint })] }
  }
  const read = planGroup(reading, contents, '')
  const plan = read === undefined ? null : completed(reading, read)
  if (plan !== null) reading.problems.push(...toProblems(plan).map((problem) => place(reading, problem)))
  return { plan, problems: firstProblems(reading) }
}

/**
 * The problems in the order of the file; if there are many, the first errors, then warnings, and a count of the rest.
 */
function firstProblems({ problems, unlisted }: Reading): readonly PlacedProblem[] {
  const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
  if (inOrder.length <= MOST_PROBLEMS && unlisted === 0) return inOrder
  const first = new Set(
    inOrder.toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error')).slice(0, MOST_PROBLEMS),
  )
  const rest = inOrder.filter((problem) => !first.has(problem))
  const { line, column } = rest[0] ?? inOrder.at(-1) ?? { line: 1, column: 1 }
  const severity = unlisted > 0 || rest.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
  const says = `${counted(rest.length + unlisted, 'more problem is', 'more problems are')} not listed.`
  const hint = 'Correct the first ones, and check again.'
  return [...inOrder.filter((problem) => first.has(problem)), { path: '', severity, says, hint, line, column }]
}

/** Adds the organization to projects without one. */
function completed(reading: Reading, { plan: _form, projects, ...rest }: ReadPlan): Plan | null {
  const [sole, ...others] = rest.organizations
  const named = projects.map(({ organization, ...project }, at): PlannedProject | null => {
    const { name, ...more } = project
    const own = organization ?? (others.length === 0 ? (sole?.name ?? '') : null)
    if (own !== null) return { name, organization: own, ...more }
    reading.problems.push(
      place(reading, {
        path: `projects[${at}].organization`,
        severity: 'error',
        says: `“${name}” has no organization.`,
        hint: `Add “organization: …” with one of ${rest.organizations.map((one) => one.name).join(', ')}.`,
      }),
    )
    return null
  })
  const whole1 = named.filter((project) => project !== null)
  return whole1.length === named.length ? { ...rest, projects: whole1 } : null
}
