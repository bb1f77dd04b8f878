import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml'

import { toDollars } from '../../text/money.ts'
import { plainJson } from '../../text/visible-text.ts'
import type { Plan, PlannedLimit } from '../plan.ts'
import { PLAN_FORM } from './parse.ts'

/** A plan as YAML; `parsePlan` reads that plan back. Equal plans are printed alike. */
export function printPlan(plan: Plan): string {
  const document = new Document(
    {
      plan: PLAN_FORM,
      name: plan.name,
      organizations: plan.organizations.map(({ limit, ...rest }) => brief({ ...rest, limit: findLimit(limit) })),
      ...brief({
        environments: plan.environments,
        teams: plan.teams.map((one) => brief(one)),
        projects: plan.projects.map(({ keys, limit, name, ...rest }) =>
          brief({ name, ...rest, limit: findLimit(limit), keys: keys.map((one) => brief(one)) }),
        ),
        jobs: plan.jobs.map(({ projects, ...job }) => brief({ ...job, projects })),
        people: plan.people.map((one) => brief(one)),
        naming: brief({ ...plan.naming }),
        reviews: plan.reviews.map((one) => brief(one)),
        attribution: plan.attribution.map(({ says, ...rest }) => brief({ says, ...rest })),
        choices: plan.choices.map((one) => brief(one)),
      }),
    },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore = ' The desired keys and access. Amounts are dollars per month.'
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'string') return
      const isSeen = plainJson(node.value) === node.value
      if (isSeen && PLAIN.test(node.value)) return
      node.type = isSeen && SEEN.test(node.value) ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE
    },
    Seq: (_key, node) => {
      // Short words are on one line, as people write them.
      if (node.items.every((item) => isScalar(item) && String(item.value).length <= SHORT)) node.flow = true
    },
    Pair: (_key, { key, value }) => {
      const isApart = isMap(value) || (isSeq(value) && isMap(value.items[0]))
      if (isScalar(key) && isApart && TOP.has(String(key.value))) key.spaceBefore = true
    },
  })
  // Every invisible character is between double quotes by now, where YAML knows escapes.
  return plainJson(document.toString({ lineWidth: 0, flowCollectionPadding: false }), yamlEscape)
}

function yamlEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

const SHORT = 40

/** Groups with an empty line before them. */
const TOP = new Set([
  'organizations',
  'teams',
  'projects',
  'jobs',
  'people',
  'naming',
  'reviews',
  'attribution',
  'choices',
])

/** Letters, digits and common marks, which no reader of YAML misreads; the rest is quoted. */
const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} _.@()/→’–-]*[\p{L}\p{N}_.?)’])?$/u

/** Visible characters without a quote. The rest is escaped. */
const SEEN = /^(?:(?!')[\p{L}\p{N}\p{P}\p{S} ])+$/u

/** Without values that are null or an empty list: the file need not contain them. */
function brief(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}

function findLimit(limit: PlannedLimit | null): object | null {
  if (limit === null) return null
  const amount = new Scalar(toDollars(limit.amount))
  amount.minFractionDigits = 2
  return brief({ ...limit, amount })
}
