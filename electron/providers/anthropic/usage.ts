import { z } from 'zod'

import type { ProjectFact } from '../../../shared/domain/facts.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/rollups.ts'
import { openCalls, type Access, type Answer, type Options } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { listBy, readPages, type List } from '../kit/list.ts'
import { raw } from '../kit/rows.ts'
import { type ReadUsage, readReports, type ReportAsk, type ReportReader, type UsageSpan } from '../kit/usage.ts'
import {
  costRow,
  ROW_WITHOUT_DAY,
  unreadable,
  UNREADABLE_ROW,
  usageCount,
  usageFactAt,
  type UsagePlace,
  type UsageRow,
  usageWord,
} from '../kit/usage-rows.ts'
import { openOrganization, type Organization } from './client.ts'
import { anthropicLists } from './lists.ts'
import { defaultWorkspace, workspaceReading } from './normalise/workspace.ts'

/** The longest span of one request, and the rows of one page, as documented. */
const DAYS = 31
const ROWS = 1000
/** Daily buckets of one page of the older reports. */
const BUCKETS = 31

const getStart = (day: number): string => `${dayText(day)}T00:00:00Z`

const creation = z.object({ ephemeral_5m_input_tokens: usageCount, ephemeral_1h_input_tokens: usageCount }).nullish()

const tokens = z.object({
  uncached_input_tokens: usageCount,
  cache_read_input_tokens: usageCount,
  cache_creation: creation,
  output_tokens: usageCount,
  requests: usageCount,
})

/** Input tokens are the uncached, the read and the written ones, which the provider counts separately. */
function toTokens(
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
const costOfDay = dayRow.extend({ cost: z.object({ amount: raw, currency: raw }).nullish() })
const usageOfDay = dayRow.extend({ usage: tokens })

/** The workspace that null means in a report: the default one, for which reports have no id (workspaces guide). */
type DefaultWorkspace = string | null

function getPlace(row: z.output<typeof dayRow>, day: number, unnamed: DefaultWorkspace): UsagePlace {
  return {
    day,
    project: row.group.workspace_id ?? unnamed,
    key: row.group.api_key_id,
    principal: row.group.actor?.user_id ?? row.group.actor?.service_account_id ?? null,
    model: row.group.model,
    item: '',
  }
}

function parseDay(text: string): number | null {
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : dayNumber(at)
}

/** One row of a day, by its form. */
function readDay<T extends z.output<typeof dayRow>>(
  form: z.ZodType<T>,
  unnamed: DefaultWorkspace,
  row: unknown,
  toFact: (row: T, place: UsagePlace) => UsageRow,
): readonly UsageRow[] {
  const read = form.safeParse(row)
  if (!read.success) return [unreadable(UNREADABLE_ROW, null)]
  const day = parseDay(read.data.starting_at)
  return [day === null ? unreadable(ROW_WITHOUT_DAY, null) : toFact(read.data, getPlace(read.data, day, unnamed))]
}

type Query = {
  readonly starting_at: string
  readonly ending_at: string
  readonly limit: number
  readonly page?: string
}
type Ask = (query: Query, options: Options) => Answer

function report(span: UsageSpan, limit: number, ask: Ask): List {
  const query = { starting_at: getStart(span.from), ending_at: getStart(span.to) }
  return listBy({ shape: 'token', limit, cursor: 'page', query }, ask)
}

/** Adds the query parameters common to both kinds of reports. */
const GROUPED = {
  time_bucket_width: '1d' as const,
  group_by: ['workspace_id' as const, 'api_key_id' as const, 'actor' as const, 'model' as const],
}

const oldBucket = z.object({ starting_at: z.string(), results: z.array(z.unknown()) })

/** The older reports have a day's rows in a bucket, and the groups beside the numbers. */
const oldPlace = z.object({ workspace_id: usageWord, api_key_id: usageWord, model: usageWord, description: usageWord })
const oldUsage = oldPlace.extend({ account_id: usageWord, service_account_id: usageWord }).and(tokens)
const oldCost = oldPlace.extend({ amount: raw, currency: raw })

function inBucket<T>(
  form: z.ZodType<T>,
  row: unknown,
  toFact: (result: T, day: number) => UsageRow,
): readonly UsageRow[] {
  const bucket = oldBucket.safeParse(row)
  const day = bucket.success ? parseDay(bucket.data.starting_at) : null
  if (!bucket.success || day === null) return [unreadable(ROW_WITHOUT_DAY, null)]
  return bucket.data.results.map((result) => {
    const read = form.safeParse(result)
    return read.success ? toFact(read.data, day) : unreadable(UNREADABLE_ROW, day)
  })
}

function older(api: Organization, path: string, query: object, rows: ReportAsk['rows']): ReportAsk {
  return {
    days: BUCKETS,
    list: (span) =>
      report(span, BUCKETS, (asked, options) =>
        api.get(`/v1/organizations/${path}`, { query: { ...asked, bucket_width: '1d', ...query }, ...options }),
      ),
    rows,
  }
}

function costs(api: Organization, unnamed: DefaultWorkspace): ReportReader {
  return {
    report: 'cost',
    what: 'costs',
    asks: [
      {
        days: DAYS,
        list: (span) =>
          report(span, ROWS, (query, options) => api.beta.analytics.cost.list({ ...query, ...GROUPED }, options)),
        rows: (row) =>
          readDay(costOfDay, unnamed, row, ({ cost }, place) =>
            costRow(place, { value: cost?.amount, currency: cost?.currency, unit: 'cents' }),
          ),
      },
      older(api, 'cost_report', { group_by: ['workspace_id', 'description'] }, (row) =>
        inBucket(oldCost, row, ({ workspace_id, api_key_id, model, description, amount, currency }, day) => {
          const place = {
            day,
            project: workspace_id ?? unnamed,
            key: api_key_id,
            principal: null,
            model,
            item: description ?? '',
          }
          return costRow(place, { value: amount, currency, unit: 'cents' })
        }),
      ),
    ],
  }
}

function messages(api: Organization, unnamed: DefaultWorkspace): ReportReader {
  const groups = ['workspace_id', 'api_key_id', 'model', 'account_id', 'service_account_id']
  return {
    report: 'messages',
    what: 'usage',
    asks: [
      {
        days: DAYS,
        list: (span) =>
          report(span, ROWS, (query, options) => api.beta.analytics.usage.list({ ...query, ...GROUPED }, options)),
        rows: (row) => readDay(usageOfDay, unnamed, row, ({ usage }, place) => usageFactAt(place, toTokens(usage))),
      },
      older(api, 'usage_report/messages', { group_by: groups }, (row) =>
        inBucket(oldUsage, row, (result, day) => {
          const { workspace_id: project, api_key_id: key, model, account_id, service_account_id } = result
          const principal = account_id ?? service_account_id
          return usageFactAt({ day, project: project ?? unnamed, key, principal, model, item: '' }, toTokens(result))
        }),
      ),
    ],
  }
}

/**
 * Reads costs and usage of an Anthropic organization by day, workspace, key, actor and model; by the older reports,
 * which have fewer dimensions, where the newer are not offered.
 */
export const anthropicUsage: ReadUsage = async (access, span, take, signal) => {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  const unnamed = await unnamedWorkspace(api, access, signal)
  return readReports('anthropic', access, [costs(api, unnamed), messages(api, unnamed)], { span, take, signal })
}

/** Null where the workspaces cannot be read: spend without a workspace then stays unattributed. */
async function unnamedWorkspace(api: Organization, access: Access, signal: AbortSignal): Promise<DefaultWorkspace> {
  const found: ProjectFact[] = []
  try {
    await readPages(openCalls(access, signal), anthropicLists(api).workspaces(false), (rows) => {
      for (const { facts } of rows.map(workspaceReading)) {
        found.push(...facts.filter((fact) => fact.type === 'project'))
      }
      return rows.length
    })
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof CallFailure)) throw error
    return null
  }
  return defaultWorkspace(found).externalId
}
