import { z } from 'zod'

import { DAY_SECONDS } from '../../../shared/domain/day.ts'
import type { UsageReport } from '../../../shared/domain/usage/fact.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import type { Answer, Options } from '../kit/calls.ts'
import { listBy, type List } from '../kit/list.ts'
import { raw } from '../kit/rows.ts'
import { type ReadUsage, readReports, type ReportAsk, type ReportReader, type UsageSpan } from '../kit/usage.ts'
import {
  costRow,
  ROW_WITHOUT_DAY,
  unreadable,
  UNREADABLE_ROW,
  usageCount,
  usageFactAt,
  type UsageRow,
  usageWord,
} from '../kit/usage-rows.ts'
import { openOrganization, type Organization } from './client.ts'

/** Daily buckets of one request at most: the documented bounds of costs and of usage. */
const COST_DAYS = 180
const USAGE_DAYS = 31

type Query = {
  readonly start_time: number
  readonly end_time: number
  readonly bucket_width: '1d'
  readonly limit: number
  readonly page?: string
}
type Ask = (query: Query, options: Options) => Answer

function buckets(span: UsageSpan, days: number, ask: Ask): List {
  const query = {
    start_time: span.from * DAY_SECONDS,
    end_time: span.to * DAY_SECONDS,
    bucket_width: '1d',
  } as const
  return listBy({ shape: 'token', limit: days, cursor: 'page', query }, ask)
}

const bucket = z.object({ start_time: z.number().int(), results: z.array(z.unknown()) })

function inBucket(row: unknown, toRow: (result: unknown, day: number) => UsageRow): readonly UsageRow[] {
  const read = bucket.safeParse(row)
  if (!read.success) return [unreadable(ROW_WITHOUT_DAY, null)]
  const day = dayNumber(read.data.start_time * 1000)
  return read.data.results.map((result) => toRow(result, day))
}

const costResult = z.object({
  amount: z.object({ value: raw, currency: raw }).nullish(),
  line_item: usageWord,
  project_id: usageWord,
  api_key_id: usageWord,
  organization_id: usageWord,
})

function readCost(result: unknown, day: number, onOrganization: (id: string) => void): UsageRow {
  const row = costResult.safeParse(result)
  if (!row.success) return unreadable(UNREADABLE_ROW, day)
  if (row.data.organization_id !== null) onOrganization(row.data.organization_id)
  const { line_item: item, project_id: project, api_key_id: key, amount } = row.data
  const place = { day, project, key, principal: null, model: modelIn(item), item: item ?? '' }
  return costRow(place, { value: amount?.value, currency: amount?.currency, unit: 'dollars' })
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

/**
 * The count of a report in addition to tokens. One that counts searches counts the requests around them too: those are
 * of another report.
 */
type CountField = 'num_model_requests' | 'num_requests' | 'num_sessions'

function readUsage(result: unknown, day: number, counted: CountField): UsageRow {
  const read = usageResult.safeParse(result)
  if (!read.success) return unreadable(UNREADABLE_ROW, day)
  const row = read.data
  const place = {
    day,
    project: row.project_id,
    key: row.api_key_id,
    principal: row.user_id,
    model: row.model,
    item: '',
  }
  return usageFactAt(place, {
    requests: row[counted],
    input: row.input_tokens,
    cached: row.input_cached_tokens,
    cacheWrite: row.input_cache_write_tokens,
    output: row.output_tokens,
  })
}

function costs(api: Organization, onOrganization: (id: string) => void): ReportReader {
  const ask = (group: ('project_id' | 'line_item' | 'api_key_id')[]): ReportAsk => ({
    days: COST_DAYS,
    list: (span) =>
      buckets(span, COST_DAYS, (query, options) => api.usage.costs({ ...query, group_by: group }, options)),
    rows: (row) => inBucket(row, (result, day) => readCost(result, day, onOrganization)),
  })
  return {
    report: 'cost',
    what: 'costs',
    asks: [ask(['project_id', 'line_item', 'api_key_id']), ask(['project_id', 'line_item']), ask([])],
  }
}

type Group = 'project_id' | 'user_id' | 'api_key_id' | 'model'
type AskGrouped = (query: Query & { readonly group_by: Group[] }, options: Options) => Answer

const ALL: readonly Group[] = ['project_id', 'user_id', 'api_key_id', 'model']

interface Grouping {
  readonly groups?: readonly Group[]
  readonly counted?: CountField
}

function usage(report: UsageReport, what: string, send: AskGrouped, grouping: Grouping = {}): ReportReader {
  const { groups = ALL, counted = 'num_model_requests' } = grouping
  const ask = (group: readonly Group[]): ReportAsk => ({
    days: USAGE_DAYS,
    list: (span) => buckets(span, USAGE_DAYS, (query, options) => send({ ...query, group_by: [...group] }, options)),
    rows: (row) => inBucket(row, (result, day) => readUsage(result, day, counted)),
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

/**
 * Reads costs and usage of an OpenAI organization, by day, project, key, user and model as far as it distinguishes
 * them.
 */
export const openAiUsage: ReadUsage = async (access, span, take, signal) => {
  signal.throwIfAborted()
  let organization: string | null = null
  const hear = (id: string): void => void (organization = id)
  const api = await openOrganization(access, undefined, hear)
  const u = api.usage
  const readers: readonly ReportReader[] = [
    costs(api, hear),
    usage('completions', 'usage of completions', (query, options) => u.completions(query, options)),
    usage('embeddings', 'usage of embeddings', (query, options) => u.embeddings(query, options)),
    usage('moderations', 'usage of moderations', (query, options) => u.moderations(query, options)),
    usage('images', 'usage of images', (query, options) => u.images(query, options)),
    usage('audio-speeches', 'usage of speech', (query, options) => u.audioSpeeches(query, options)),
    usage('audio-transcriptions', 'usage of transcription', (query, options) => u.audioTranscriptions(query, options)),
    usage('decisions', 'usage of decisions', (query, options) => u.decisions(query, options)),
    usage(
      'vector-stores',
      'usage of vector stores',
      (query, options) => u.vectorStores({ ...query, group_by: ['project_id'] }, options),
      { groups: ['project_id'] },
    ),
    usage(
      'code-interpreter',
      'usage of the code interpreter',
      (query, options) => u.codeInterpreterSessions({ ...query, group_by: ['project_id'] }, options),
      { groups: ['project_id'], counted: 'num_sessions' },
    ),
    usage(
      'file-search',
      'usage of file search',
      (query, options) =>
        u.fileSearchCalls({ ...query, group_by: query.group_by.filter((group) => group !== 'model') }, options),
      { groups: ['project_id', 'user_id', 'api_key_id'], counted: 'num_requests' },
    ),
    usage('web-search', 'usage of web search', (query, options) => u.webSearchCalls(query, options), {
      counted: 'num_requests',
    }),
  ]
  return readReports('openai', access, readers, {
    span,
    take: (reading) => take({ ...reading, organization }),
    signal,
  })
}
