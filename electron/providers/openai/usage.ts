import { z } from 'zod'

import type { UsageFact, UsageReport } from '../../../shared/domain/usage/fact.ts'
import { dayNumber } from '../../../shared/domain/usage/faces.ts'
import { CallFailure } from '../errors.ts'
import type { List } from '../paging.ts'
import {
  dollarsOf,
  type ReadUsage,
  readReports,
  type ReportAsk,
  type ReportReader,
  usageCount,
  usageWord,
  type UsageSpan,
} from '../usage.ts'
import { openOrganization, type Organization } from './client.ts'

/** Daily buckets of one request at most: the documented bounds of costs and of usage. */
const COST_DAYS = 180
const USAGE_DAYS = 31

const SECONDS_PER_DAY = 86_400

type Query = {
  readonly start_time: number
  readonly end_time: number
  readonly bucket_width: '1d'
  readonly limit: number
  readonly page?: string
}
type Answer = { asResponse(): Promise<Response> }
type Ask = (query: Query, options: { readonly signal: AbortSignal }) => Answer

function buckets(span: UsageSpan, days: number, ask: Ask): List {
  return {
    shape: 'token',
    limit: days,
    send: ({ limit, cursor }, options) =>
      ask(
        {
          start_time: span.from * SECONDS_PER_DAY,
          end_time: span.to * SECONDS_PER_DAY,
          bucket_width: '1d',
          limit,
          ...(cursor === null ? {} : { page: cursor }),
        },
        options,
      ),
  }
}

const bucket = z.object({ start_time: z.number().int(), results: z.array(z.unknown()) })

function inBucket(row: unknown, factOf: (result: unknown, day: number) => UsageFact): readonly UsageFact[] {
  const read = bucket.safeParse(row)
  if (!read.success) throw new CallFailure('malformed', 'it holds a bucket without a day')
  const day = dayNumber(read.data.start_time * 1000)
  return read.data.results.map((result) => factOf(result, day))
}

const NOTHING = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }

const costResult = z.object({
  amount: z.object({ value: z.unknown() }),
  line_item: usageWord,
  project_id: usageWord,
  api_key_id: usageWord,
})

function costFact(result: unknown, day: number): UsageFact {
  const row = costResult.safeParse(result)
  if (!row.success) throw new CallFailure('malformed', 'it holds a cost without an amount')
  const { line_item: item, project_id: project, api_key_id: key, amount } = row.data
  return {
    ...NOTHING,
    day,
    project,
    key,
    principal: null,
    model: modelIn(item),
    item: item ?? '',
    ...dollarsOf(amount.value),
  }
}

/** Costs have no model of their own: a line item reads `gpt-5.4, input_tokens`. */
function modelIn(item: string | null): string | null {
  const comma = item?.lastIndexOf(', ') ?? -1
  return item === null || comma < 1 ? null : item.slice(0, comma)
}

const usageResult = z.object({
  project_id: usageWord,
  user_id: usageWord,
  api_key_id: usageWord,
  model: usageWord,
  input_tokens: usageCount,
  input_cached_tokens: usageCount,
  input_cache_write_tokens: usageCount,
  output_tokens: usageCount,
  num_model_requests: usageCount,
  num_requests: usageCount,
  num_sessions: usageCount,
})

function usageFact(result: unknown, day: number): UsageFact {
  const row = usageResult.parse(result)
  return {
    ...NOTHING,
    day,
    project: row.project_id,
    key: row.api_key_id,
    principal: row.user_id,
    model: row.model,
    item: '',
    requests: row.num_model_requests + row.num_requests + row.num_sessions,
    input: row.input_tokens,
    cached: row.input_cached_tokens,
    cacheWrite: row.input_cache_write_tokens,
    output: row.output_tokens,
  }
}

function costs(api: Organization): ReportReader {
  const ask = (group: ('project_id' | 'line_item' | 'api_key_id')[]): ReportAsk => ({
    days: COST_DAYS,
    list: (span) =>
      buckets(span, COST_DAYS, (query, options) => api.usage.costs({ ...query, group_by: group }, options)),
    facts: (row) => inBucket(row, costFact),
  })
  return {
    report: 'cost',
    what: 'costs',
    asks: [ask(['project_id', 'line_item', 'api_key_id']), ask(['project_id', 'line_item']), ask([])],
  }
}

type Group = 'project_id' | 'user_id' | 'api_key_id' | 'model'
type AskGrouped = (query: Query & { readonly group_by: Group[] }, options: { readonly signal: AbortSignal }) => Answer

const ALL: readonly Group[] = ['project_id', 'user_id', 'api_key_id', 'model']

function usage(report: UsageReport, what: string, groups: readonly Group[], send: AskGrouped): ReportReader {
  const ask = (group: readonly Group[]): ReportAsk => ({
    days: USAGE_DAYS,
    list: (span) => buckets(span, USAGE_DAYS, (query, options) => send({ ...query, group_by: [...group] }, options)),
    facts: (row) => inBucket(row, usageFact),
  })
  const fewer = groups.filter((group) => group !== 'user_id')
  return {
    report,
    what,
    asks: [groups, ...(fewer.length === groups.length ? [] : [fewer]), ['project_id'] as const].map((group) =>
      ask(group),
    ),
  }
}

/** Reads costs and usage of an OpenAI organization, by day, project, key, user and model as far as it tells them apart. */
export const openAiUsage: ReadUsage = async (access, span, take, signal) => {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  const u = api.usage
  const readers: readonly ReportReader[] = [
    costs(api),
    usage('completions', 'usage of completions', ALL, (query, options) => u.completions(query, options)),
    usage('embeddings', 'usage of embeddings', ALL, (query, options) => u.embeddings(query, options)),
    usage('moderations', 'usage of moderations', ALL, (query, options) => u.moderations(query, options)),
    usage('images', 'usage of images', ALL, (query, options) => u.images(query, options)),
    usage('audio-speeches', 'usage of speech', ALL, (query, options) => u.audioSpeeches(query, options)),
    usage('audio-transcriptions', 'usage of transcription', ALL, (query, options) =>
      u.audioTranscriptions(query, options),
    ),
    usage('vector-stores', 'usage of vector stores', ['project_id'], (query, options) =>
      u.vectorStores({ ...query, group_by: ['project_id'] }, options),
    ),
    usage('code-interpreter', 'usage of the code interpreter', ['project_id'], (query, options) =>
      u.codeInterpreterSessions({ ...query, group_by: ['project_id'] }, options),
    ),
    usage('file-search', 'usage of file search', ['project_id', 'user_id', 'api_key_id'], (query, options) =>
      u.fileSearchCalls({ ...query, group_by: query.group_by.filter((group) => group !== 'model') }, options),
    ),
    usage('web-search', 'usage of web search', ALL, (query, options) => u.webSearchCalls(query, options)),
  ]
  return readReports('openai', access, readers, { span, take, signal })
}
