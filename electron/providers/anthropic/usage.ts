import { z } from 'zod'

import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/faces.ts'
import { CallFailure } from '../errors.ts'
import type { List } from '../paging.ts'
import {
  centsOf,
  type ReadUsage,
  readReports,
  type ReportAsk,
  type ReportReader,
  usageCount,
  usageWord,
  type UsageSpan,
} from '../usage.ts'
import { openOrganization, type Organization } from './client.ts'

/** The longest span of one request, and the rows of one page, as documented. */
const DAYS = 31
const ROWS = 1000
/** Daily buckets of one page of the older reports. */
const BUCKETS = 31

const startOf = (day: number): string => `${dayText(day)}T00:00:00Z`

const NOTHING = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }

const creation = z
  .object({ ephemeral_5m_input_tokens: usageCount, ephemeral_1h_input_tokens: usageCount })
  .nullish()
  .catch(null)

const tokens = z.object({
  uncached_input_tokens: usageCount,
  cache_read_input_tokens: usageCount,
  cache_creation: creation,
  output_tokens: usageCount,
  requests: usageCount,
})

/** Tokens of the input are the uncached, the read and the written ones: the provider counts them apart. */
function tokensOf(
  row: z.output<typeof tokens>,
): Pick<UsageFact, 'requests' | 'input' | 'cached' | 'cacheWrite' | 'output'> {
  const cacheWrite =
    (row.cache_creation?.ephemeral_5m_input_tokens ?? 0) + (row.cache_creation?.ephemeral_1h_input_tokens ?? 0)
  return {
    requests: row.requests,
    input: row.uncached_input_tokens + row.cache_read_input_tokens + cacheWrite,
    cached: row.cache_read_input_tokens,
    cacheWrite,
    output: row.output_tokens,
  }
}

const actor = z.looseObject({ user_id: usageWord, service_account_id: usageWord }).nullish().catch(null)

const group = z
  .object({ workspace_id: usageWord, api_key_id: usageWord, model: usageWord, actor })
  .nullish()
  .catch(null)
  .transform((value) => value ?? { workspace_id: null, api_key_id: null, model: null, actor: null })

const dayRow = z.object({ starting_at: z.string(), group })
const costRow = dayRow.extend({ cost: z.object({ amount: z.unknown() }) })
const usageRow = dayRow.extend({ usage: tokens })

function placeOf(
  row: z.output<typeof dayRow>,
): Pick<UsageFact, 'day' | 'project' | 'key' | 'principal' | 'model' | 'item'> {
  return {
    day: dayOf(row.starting_at),
    project: row.group.workspace_id,
    key: row.group.api_key_id,
    principal: row.group.actor?.user_id ?? row.group.actor?.service_account_id ?? null,
    model: row.group.model,
    item: '',
  }
}

function dayOf(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new CallFailure('malformed', 'it holds a row without a day')
  return dayNumber(at)
}

function read<T>(schema: z.ZodType<T>, row: unknown): T {
  const result = schema.safeParse(row)
  if (!result.success) throw new CallFailure('malformed', 'it holds a row that cannot be read')
  return result.data
}

type Query = {
  readonly starting_at: string
  readonly ending_at: string
  readonly limit: number
  readonly page?: string
}
type Ask = (query: Query, options: { readonly signal: AbortSignal }) => { asResponse(): Promise<Response> }

function report(span: UsageSpan, limit: number, ask: Ask): List {
  return {
    shape: 'token',
    limit,
    send: ({ cursor }, options) =>
      ask(
        {
          starting_at: startOf(span.from),
          ending_at: startOf(span.to),
          limit,
          ...(cursor === null ? {} : { page: cursor }),
        },
        options,
      ),
  }
}

/** Adds what reports of both kinds are asked by. */
const ANALYTICS = { time_bucket_width: '1d', group_by: ['workspace_id', 'api_key_id', 'actor', 'model'] } as const

function grouped() {
  return { time_bucket_width: ANALYTICS.time_bucket_width, group_by: [...ANALYTICS.group_by] }
}

const oldBucket = z.object({ starting_at: z.string(), results: z.array(z.unknown()) })

/** The older reports tell a day's rows in a bucket, and name what they are grouped by beside the numbers. */
const oldPlace = z.object({ workspace_id: usageWord, api_key_id: usageWord, model: usageWord, description: usageWord })
const oldUsage = oldPlace.extend({ account_id: usageWord, service_account_id: usageWord }).and(tokens)
const oldCost = oldPlace.extend({ amount: z.unknown() })

function inBucket(row: unknown, factOf: (result: unknown, day: number) => UsageFact): readonly UsageFact[] {
  const { starting_at: at, results } = read(oldBucket, row)
  const day = dayOf(at)
  return results.map((result) => factOf(result, day))
}

function older(api: Organization, path: string, query: object, facts: ReportAsk['facts']): ReportAsk {
  return {
    days: BUCKETS,
    list: (span) =>
      report(span, BUCKETS, (asked, options) =>
        api.get(`/v1/organizations/${path}`, { query: { ...asked, bucket_width: '1d', ...query }, ...options }),
      ),
    facts,
  }
}

function costs(api: Organization): ReportReader {
  return {
    report: 'cost',
    what: 'costs',
    asks: [
      {
        days: DAYS,
        list: (span) =>
          report(span, ROWS, (query, options) => api.beta.analytics.cost.list({ ...query, ...grouped() }, options)),
        facts: (row) => {
          const told = read(costRow, row)
          return [{ ...NOTHING, ...placeOf(told), ...centsOf(told.cost.amount) }]
        },
      },
      older(api, 'cost_report', { group_by: ['workspace_id', 'description'] }, (row) =>
        inBucket(row, (result, day) => {
          const told = read(oldCost, result)
          const { workspace_id: project, api_key_id: key, model, description } = told
          return {
            ...NOTHING,
            day,
            project,
            key,
            principal: null,
            model,
            item: description ?? '',
            ...centsOf(told.amount),
          }
        }),
      ),
    ],
  }
}

function messages(api: Organization): ReportReader {
  const groups = ['workspace_id', 'api_key_id', 'model', 'account_id', 'service_account_id']
  return {
    report: 'messages',
    what: 'usage',
    asks: [
      {
        days: DAYS,
        list: (span) =>
          report(span, ROWS, (query, options) => api.beta.analytics.usage.list({ ...query, ...grouped() }, options)),
        facts: (row) => {
          const told = read(usageRow, row)
          return [{ ...NOTHING, ...placeOf(told), ...tokensOf(told.usage) }]
        },
      },
      older(api, 'usage_report/messages', { group_by: groups }, (row) =>
        inBucket(row, (result, day) => {
          const told = read(oldUsage, result)
          const { workspace_id: project, api_key_id: key, model } = told
          const principal = told.account_id ?? told.service_account_id
          return { ...NOTHING, day, project, key, principal, model, item: '', ...tokensOf(told) }
        }),
      ),
    ],
  }
}

/**
 * Reads costs and usage of an Anthropic organization by day, workspace, key, actor and model; by the older reports, which
 * tell less apart, where the newer are not offered.
 */
export const anthropicUsage: ReadUsage = async (access, span, take, signal) => {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  return readReports('anthropic', access, [costs(api), messages(api)], { span, take, signal })
}
