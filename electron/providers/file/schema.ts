import { z } from 'zod'

import {
  ENFORCEMENTS,
  KEY_TEXTS,
  type KeyTexts,
  KNOWN_KEY_KINDS,
  PRINCIPAL_KINDS,
  PROJECT_STATUSES,
} from '../../../shared/domain/facts.ts'
import '../../../shared/contract/issue-words.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { USAGE_BOUNDS } from '../../../shared/domain/usage/bounds.ts'
import { parseMicroUsd } from '../../../shared/domain/text/money.ts'

const id = z.string().min(1).max(300)
const word = z.string().min(1).max(300)
const name = z.string().min(1).max(2000)

const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an instant such as 2026-11-24T09:00:00Z, or a day')
  .describe('An instant as 2026-11-24T09:00:00Z, or a day as 2026-11-24, which is its beginning in UTC.')

const isMoney = (amount: number | string): boolean => parseMicroUsd(amount) !== null
const TOO_MUCH = 'Write an amount of less than a billion dollars.'

const dollars = z
  .union(
    [z.number().nonnegative().lt(1e9), z.string().regex(/^\d{1,9}(?:\.\d+)?$/u)],
    'must be an amount in dollars, such as 12.345678',
  )
  .refine(isMoney, TOO_MUCH)
  .describe('US dollars, best as text: "12.345678". Kept to the millionth of a dollar.')

const cost = z
  .union(
    [z.number().gt(-1e9).lt(1e9), z.string().regex(/^-?\d{1,9}(?:\.\d+)?$/u)],
    'must be an amount in dollars, such as 12.345678',
  )
  .refine(isMoney, TOO_MUCH)
  .describe('US dollars, best as text: "12.345678"; a credit is below zero. Kept to the billionth of a dollar.')

const count = z.int().nonnegative()
const tokens = count.max(USAGE_BOUNDS.tokens)

const level = z
  .enum(LEVELS)
  .describe('What the role amounts to. Left out: judged by the word, and "other" for a word that is not known.')

const project = z
  .strictObject({
    id,
    name,
    status: z.enum(PROJECT_STATUSES).default('active'),
    default: z.boolean().default(false).describe('The one that everything belongs to that names no other.'),
    createdAt: instant.nullish(),
    archivedAt: instant.nullish(),
    residency: word.nullish().describe('Where its data is kept, in the platform’s words.'),
  })
  .describe('The unit of isolation: a project, workspace, resource, account or team, whatever the platform calls it.')

/** Of a role on the whole organization. */
const reachesProjects = z.boolean().optional()
const REACHES =
  'Whether the role on the organization is also held in every project. Left out: it is assumed of owners and admins.'

const principal = z
  .strictObject({
    id,
    kind: z.enum(PRINCIPAL_KINDS),
    name: name.nullish(),
    email: z.string().min(3).max(320).nullish(),
    role: word.nullish().describe('The role on the whole organization, in the platform’s exact word.'),
    level: level.optional(),
    reachesProjects: reachesProjects.describe(REACHES),
    status: word.default('active').describe('active, disabled, pending, expired, or the platform’s own word.'),
    addedAt: instant.nullish(),
    expiresAt: instant.nullish(),
    lastUsedAt: instant.nullish(),
    members: z.array(id).optional().describe('Of a group: the ids of the principals in it.'),
  })
  .describe('Who can hold access.')

const grant = z
  .strictObject({
    principal: id,
    project: id.nullable().describe('null: on the whole organization.'),
    role: word,
    level: level.optional(),
    reachesProjects: reachesProjects.describe(`Of a role on the whole organization. ${REACHES}`),
    since: instant.nullish(),
  })
  .describe(
    'A role that a principal holds directly. Roles by way of a group are not listed: list the group and its grant.',
  )

const keyTexts = Object.fromEntries(
  Object.entries(KEY_TEXTS).map(([name, { description = '' }]) => [name, word.nullish().describe(description)]),
) as Readonly<Record<keyof KeyTexts, z.ZodOptional<z.ZodNullable<typeof word>>>>

const key = z
  .strictObject({
    id: id.describe('The platform’s own id of the key, or a hash of it; never the key itself.'),
    name,
    hint: z.string().min(1).max(100).nullish().describe('The shortened key as the platform shows it: "sk-…wxyz".'),
    kind: z.enum(KNOWN_KEY_KINDS).optional().describe('Left out: "project" when it names one.'),
    project: id.nullish(),
    owner: id.nullish().describe('Id of a principal. null: it has no owner. Left out: unknown.'),
    status: word.default('active').describe('active, inactive, archived, expired, or the platform’s own word.'),
    createdAt: instant.nullish(),
    lastUsedAt: instant.nullish().describe('null: never used. Left out: the platform does not report it.'),
    expiresAt: instant.nullish(),
    ...keyTexts,
  })
  .describe('A credential that calls models, without its secret.')

const limit = z
  .union([
    z.strictObject({
      id,
      kind: z.literal('spend'),
      project: id.nullish(),
      model: word.nullish(),
      enforcement: z.enum(ENFORCEMENTS).default('hard'),
      amountUsd: dollars,
      period: word.describe('month, week, day, or the platform’s own word.'),
    }),
    z.strictObject({
      id,
      kind: z.literal('rate'),
      project: id.nullish(),
      model: word.nullish(),
      enforcement: z.enum(ENFORCEMENTS).default('hard'),
      metric: word.describe('What is counted: requests_per_minute, tokens_per_minute, …'),
      amount: count,
      period: word.describe('minute, second, day, …'),
    }),
  ])
  .describe('A limit on spending or on the rate of calls; without a project it is of the whole organization.')

const usage = z
  .strictObject({
    day: z.iso.date().describe('UTC.'),
    project: id.nullish(),
    key: id.nullish(),
    principal: id.nullish(),
    model: word.nullish(),
    item: word.optional().describe('What else distinguishes rows: a line of the bill, a kind of use.'),
    requests: count.max(USAGE_BOUNDS.requests).default(0),
    input: tokens.default(0).describe('Tokens of the input, those from or into a cache among them.'),
    cached: tokens.default(0),
    cacheWrite: tokens.default(0),
    output: tokens.default(0),
    costUsd: cost.default(0),
  })
  .describe('What was used on one day.')

const header = {
  $schema: z.string().max(500).optional(),
  format: z.literal('castellan-file'),
  version: z.literal(1),
}

const usageList = z
  .array(usage)
  .describe('The days from the first to the last that it names are replaced; earlier days are kept.')

/**
 * The file of a connection of the provider `file`. A list that is left out is not read, and nothing is concluded about
 * it; a list that is present is complete, and facts that it no longer names are closed.
 */
export const fileSchema = z
  .strictObject({
    ...header,
    platform: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u)
      .describe('The platform in one word: azure, bedrock, vertex, mistral, xai, litellm, …'),
    organization: z.strictObject({ id, name: name.nullish() }).describe('The tenant, account or instance.'),
    projects: z.array(project).optional(),
    principals: z.array(principal).optional(),
    grants: z.array(grant).optional().describe('Needs "principals", and "projects" for what it names of them.'),
    keys: z.array(key).optional(),
    limits: z.array(limit).optional(),
    usage: usageList.optional(),
    usageFile: z
      .string()
      .regex(/^[^/\\:]{1,200}$/u)
      .optional()
      .describe('The name of a second file in the same folder that holds "usage", in place of the list here.'),
  })
  .describe('Castellan reads one organization of any platform from a file like this.')

export type FileContent = z.output<typeof fileSchema>

/** The second file, only for usage. */
export const usageFileSchema = z.strictObject({ ...header, usage: usageList })

export type FileUsage = z.output<typeof usage>
