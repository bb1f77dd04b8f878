import { z } from 'zod'

import { ENFORCEMENTS } from '../domain/facts.ts'
import { GUIDE_QUESTIONS, type GuideAnswers } from '../domain/plans/guide-answers.ts'
import { PLAN_PARTS, DIFFERENCE_KINDS } from '../domain/plans/difference.ts'
import { type Plan, PLANNED_REVIEWS } from '../domain/plans/plan.ts'
import { PLAN_TEMPLATES } from '../domain/plans/templates.ts'
import { PROVIDER_IDS } from '../domain/providers/providers.ts'
import { clientRef, fileTargetShape, fileWritten, id, instant, level, operation, scopeShape } from './common.ts'

/** Names that are too long are a problem of the model, reported with their place; this only bounds what is read. */
const text = z.string().max(2000)
const name = z.string().max(500)
const many = 5000

function list<T extends z.ZodType>(of: T) {
  return z.array(of).max(many).readonly()
}

const limit = z.object({
  amount: z.number().int().nonnegative(),
  enforcement: z.enum(ENFORCEMENTS),
  thresholds: z.array(z.number().int()).max(50).readonly(),
})

const key = z.object({
  name,
  environment: name.nullable(),
  purpose: name,
  rotationDays: z.number().int().nullable(),
})

/** The shape of a plan. `check` decides whether it makes sense, so that an incomplete draft can be saved. */
export const planSchema: z.ZodType<Plan, Plan> = z.object({
  name,
  organizations: list(
    z.object({ name, provider: z.enum(PROVIDER_IDS), reason: text.nullable(), limit: limit.nullable() }),
  ),
  teams: list(z.object({ name, lead: name.nullable() })),
  environments: list(name),
  projects: list(
    z.object({
      name,
      organization: name,
      team: name.nullable(),
      application: name.nullable(),
      environments: list(name),
      limit: limit.nullable(),
      keys: list(key),
    }),
  ),
  jobs: list(z.object({ name, level, projects: z.union([z.literal('all'), list(name)]), note: text.nullable() })),
  people: list(z.object({ name, email: name, job: name })),
  naming: z.object({ pattern: name, examples: list(name) }),
  reviews: list(z.object({ about: z.enum(PLANNED_REVIEWS), months: z.number().int().min(0) })),
  attribution: list(
    z.object({
      report: z.enum(['weekly', 'monthly']).nullable(),
      by: name.nullable(),
      to: name.nullable(),
      says: text,
    }),
  ),
  choices: list(z.object({ question: text, answer: text, rule: text, overridden: text.nullable() })),
})

const problemShape = {
  path: z.string(),
  severity: z.enum(['error', 'warning']),
  says: z.string(),
  hint: z.string(),
}
const problems = z.array(z.object(problemShape)).readonly()

/** Unique among a client's plans, whatever its case. */
const title = z.string().trim().min(1).max(120)

export const planRow = z.object({
  planId: id,
  client: clientRef,
  title: z.string(),
  /** Of the company, as the plan names it. */
  company: z.string(),
  /** True if reality is compared with it; a client has at most one active plan. */
  active: z.boolean(),
  /** The newest; each save makes the next. */
  version: id,
  createdAt: instant,
  savedAt: instant,
  savedBy: z.string(),
  organizations: z.number().int(),
  projects: z.number().int(),
  keys: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
})
export type PlanRow = z.infer<typeof planRow>

export const planDetail = z.object({
  row: planRow,
  /** The requested version, by default the newest. */
  version: id,
  plan: planSchema,
  problems,
})
export type PlanDetail = z.infer<typeof planDetail>

export const planVersion = z.object({
  version: id,
  at: instant,
  by: z.string(),
  /** Its origin, such as `Made from the template exercise`. */
  says: z.string(),
  /** The version that it was made on; null for the first one. */
  parent: id.nullable(),
  /** True if another version was saved first: this one is beside it until a person merges the two. */
  draft: z.boolean(),
})
export type PlanVersion = z.infer<typeof planVersion>

const given = z.object({ answer: z.boolean(), overridden: text.nullable().optional() }).strict()

export const guideAnswers: z.ZodType<GuideAnswers, GuideAnswers> = z
  .object({
    company: name.min(1),
    organizations: list(z.object({ name: name.min(1), provider: z.enum(PROVIDER_IDS).optional() }).strict()).optional(),
    provider: z.enum(PROVIDER_IDS).optional(),
    teams: z
      .array(
        z
          .object({
            name: name.min(1),
            lead: name.nullable().optional(),
            organization: name.optional(),
            applications: list(
              z.object({ name: name.min(1), features: list(name.min(1)).optional() }).strict(),
            ).optional(),
          })
          .strict(),
      )
      .min(1)
      .max(200)
      .readonly(),
    environments: z.array(name.min(1)).max(20).readonly(),
    sharedEnvironments: z.array(z.array(name).readonly()).max(20).readonly().optional(),
    answers: z.partialRecord(z.enum(GUIDE_QUESTIONS), given).optional(),
    productionLimit: z.number().int().positive().nullable().optional(),
    otherLimit: z.number().int().positive().nullable().optional(),
  })
  .strict()

export const guideStep = z.object({
  id: z.enum(GUIDE_QUESTIONS),
  about: z.enum(['projects', 'organizations']),
  question: z.string(),
  answer: z.boolean(),
  /** True if it was not answered, but taken from the teams, applications and environments. */
  taken: z.boolean(),
  rule: z.string(),
  overridden: z.string().nullable(),
  follows: z.string(),
})

const origin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('template'), template: z.enum(PLAN_TEMPLATES) }),
  z.object({ kind: z.literal('guided'), answers: guideAnswers }),
  /** The present state of the client, or of one of its connections. */
  z.object({ kind: z.literal('adopt'), connection: id.optional() }),
  /** A plan as a person or another draft has it. */
  z.object({ kind: z.literal('plan'), plan: planSchema }),
])

const ref = z.object({ planId: id, version: id.optional() })

export const planDifference = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  part: z.enum(PLAN_PARTS),
  name: z.string(),
  field: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const PLAN_FORMATS = ['md', 'html', 'yaml'] as const
export type PlanFormat = (typeof PLAN_FORMATS)[number]

/** The formats of a plan file: a PDF is not a text. */
export const PLAN_FILE_FORMATS = [...PLAN_FORMATS, 'pdf'] as const
export type PlanFileFormat = (typeof PLAN_FILE_FORMATS)[number]

/** Plans of the desired state of a client's organizations: several drafts side by side, each versioned. */
export const planContract = {
  /** By client, the active one first, then by title. */
  list: operation.input(z.object(scopeShape)).output(z.array(planRow)),
  get: operation.input(ref).output(planDetail),
  /** Creates a draft. CONFLICT when the client has one of that title. Written to the journal, like all that follows. */
  create: operation
    .input(z.object({ client: z.string().min(1), title: title.optional(), from: origin }))
    .output(planDetail),
  /**
   * Saves the plan as the next version. `version` is the one that was changed: CONFLICT if it was saved again since. A
   * plan that equals its newest version creates no version.
   */
  save: operation.input(z.object({ planId: id, version: id, plan: planSchema })).output(planDetail),
  rename: operation.input(z.object({ planId: id, title })).output(planRow),
  /** Compares reality with this plan and no other of its client, or with none. INVALID while it has errors. */
  setActivated: operation.input(z.object({ planId: id, active: z.boolean() })).output(planRow),
  /** Newest first. */
  versions: operation.input(z.object({ planId: id })).output(z.array(planVersion)),
  /** Makes an earlier version the newest, as a version of its own: nothing is lost. */
  restore: operation.input(z.object({ planId: id, version: id })).output(planDetail),
  /** Removes a plan from the lists; `bringBack` undoes it. An active plan is not removed. */
  remove: operation.input(z.object({ planId: id })).output(z.object({ done: z.literal(true) })),
  bringBack: operation.input(z.object({ planId: id })).output(planRow),
  /** The problems of a plan that was not saved. */
  check: operation.input(z.object({ plan: planSchema })).output(problems),
  /** The conclusions of the guided start from answers so far; nothing is saved. */
  guide: operation
    .input(z.object({ answers: guideAnswers }))
    .output(z.object({ steps: z.array(guideStep).readonly(), plan: planSchema, problems })),
  /** Reads a plan from YAML. It is null when the text cannot be read; problems have lines and columns from 1. */
  fromYaml: operation.input(z.object({ text: z.string().max(5_000_000) })).output(
    z.object({
      plan: planSchema.nullable(),
      problems: z.array(z.object({ ...problemShape, line: id, column: id })).readonly(),
    }),
  ),
  toYaml: operation.input(z.object({ plan: planSchema })).output(z.object({ text: z.string() })),
  /** How the plan `b` differs from `a`. */
  diff: operation.input(z.object({ a: ref, b: ref })).output(z.array(planDifference).readonly()),
  /**
   * The document of a plan: Markdown with diagrams that code hosts draw, HTML of the same, or the plan itself in YAML.
   */
  document: operation
    .input(ref.extend({ format: z.enum(PLAN_FORMATS).default('md') }))
    .output(z.object({ text: z.string(), suggestedName: z.string() })),
  /**
   * Writes the same to a file, or a PDF of the HTML, atomically. INVALID for the path, CONFLICT if no printer of PDF is
   * available.
   */
  export: operation.input(ref.extend({ format: z.enum(PLAN_FILE_FORMATS), ...fileTargetShape })).output(fileWritten),
}
