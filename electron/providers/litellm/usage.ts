import { z } from 'zod'

import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { dayNumber, dayText } from '../../../shared/domain/usage/rollups.ts'
import { carriedCost, costOfNano } from '../../../shared/domain/usage/cost.ts'
import { parseNanoUsd } from '../../../shared/domain/text/money.ts'
import { USAGE_BOUNDS } from '../kit/bounds.ts'
import { openCalls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'
import { optionalId, parseRow, part } from '../kit/rows.ts'
import { getEnd, toEnding, type ReadUsage, type UsageOutcome } from '../kit/usage.ts'
import {
  openUsageTally,
  ROW_WITHOUT_DAY,
  unreadable,
  UNREADABLE_ROW,
  usageFactAt,
  type UsageRow,
} from '../kit/usage-rows.ts'
import { describeReach, readCaller, seesAll } from './caller.ts'
import { openLiteLlm } from './client.ts'

const amount = z.union([z.number(), z.string()]).nullish()
const counter = z.number().nonnegative().catch(0)
const metrics = z.object({
  spend: amount,
  // The cost of a model by the day, whatever calls it (provisioned throughput, newest proxies): of no key.
  flat_cost: amount,
  prompt_tokens: counter,
  completion_tokens: counter,
  cache_read_input_tokens: counter,
  cache_creation_input_tokens: counter,
  api_requests: counter,
})
const ofKey = z.object({ metrics, metadata: part(z.object({ team_id: optionalId })) })
const ofModel = z.object({
  metrics: part(metrics).catch(null),
  api_key_breakdown: z.record(z.string(), z.unknown()).catch({}),
})

/** The line item of a row that no call caused. */
const PROVISIONED = 'Provisioned throughput'
const dayRow = z.object({
  date: z.string(),
  breakdown: part(
    z.object({
      api_keys: z.record(z.string(), z.unknown()).catch({}),
      models: z.record(z.string(), z.unknown()).catch({}),
    }),
  ),
})

const paging = z.object({ total_pages: z.number().int().positive().nullish().catch(null) })
const body = z.object({ results: z.array(z.unknown()), metadata: part(paging), ...paging.shape })

const ROWS = 1000
const WHAT = 'costs and usage'
const REPORTS = ['cost', 'completions'] as const

/** A day is divided over pages, and each has the sums of its own rows. */
async function readDays(
  calls: ReturnType<typeof openCalls>,
  api: JsonApi,
  from: number,
  to: number,
): Promise<readonly unknown[]> {
  const days: unknown[] = []
  const pages = calls.openList()
  for (let page = 1; ; page++) {
    const query = { start_date: dayText(from), end_date: dayText(to - 1), page, page_size: ROWS }
    const { data } = body.safeParse(
      await pages.json((options) => api.get('/user/daily/activity', query, options), 'daily-activity'),
    )
    if (data === undefined) throw new CallFailure('malformed', 'it holds no list under "results"')
    pages.count(data.results.length)
    for (const day of data.results) days.push(day)
    const total = data.metadata?.total_pages ?? data.total_pages ?? 1
    if (page >= total) return days
    if (data.results.length === 0) throw new CallFailure('paging', 'it reports more pages, but one is empty')
  }
}

/**
 * The rows of a day: by key and model where the proxy divides so, and by key alone what is left then (calls of tools have
 * no model), else by key alone.
 */
function toRows(row: unknown): readonly UsageRow[] {
  const found = parseRow(dayRow, row)
  if (found === null) return [unreadable(UNREADABLE_ROW, null)]
  const at = Date.parse(`${found.date}T00:00:00Z`)
  if (Number.isNaN(at)) return [unreadable(ROW_WITHOUT_DAY, null)]
  const day = dayNumber(at)
  const { api_keys: keys = {}, models = {} } = found.breakdown ?? {}
  const read = Object.entries(models).map(([model, value]) => [model, parseRow(ofModel, value)] as const)
  const flat = read.flatMap(([model, found]) => toFlatCost({ day, model }, found?.metrics?.flat_cost))
  const divided = read
    .filter(([, found]) => !isFlatAlone(found))
    .map(([model, found]) => [model, found?.api_key_breakdown ?? {}] as const)
  const isDivided = divided.length > 0 && divided.every(([, each]) => Object.keys(each).length > 0)
  const ofKeys = Object.entries(keys).map(([key, value]) => toRow({ day, key, model: null }, value))
  if (!isDivided) return [...ofKeys, ...flat]
  const ofModels = divided.flatMap(([model, each]) =>
    Object.entries(each).map(([key, value]) => toRow({ day, key, model }, value)),
  )
  const partsOf = Map.groupBy(
    ofModels.filter((row): row is UsageFact => !('left' in row)),
    ({ key }) => key,
  )
  return [
    ...flat,
    ...ofModels,
    ...ofKeys.flatMap((whole) => ('left' in whole ? [] : toRest(whole, partsOf.get(whole.key) ?? []))),
  ]
}

/** True if a model is listed for its flat cost, and no key called it. */
function isFlatAlone(found: z.output<typeof ofModel> | null): boolean {
  const sums = found?.metrics ?? null
  if (found === null || sums === null || Object.keys(found.api_key_breakdown).length > 0) return false
  return isAmount(sums.flat_cost) && !isAmount(sums.spend) && sums.api_requests === 0
}

function isAmount(value: z.output<typeof amount>): boolean {
  return value !== null && value !== undefined && Number(value) !== 0
}

function toFlatCost(
  { day, model }: { readonly day: number; readonly model: string },
  flat: z.output<typeof amount>,
): readonly UsageRow[] {
  if (!isAmount(flat)) return []
  const nano = parseNanoUsd(flat ?? 0)
  if (nano === null) return [unreadable(UNREADABLE_ROW, day)]
  const place = { day, project: null, key: null, principal: null, model, item: PROVISIONED }
  return [usageFactAt(place, costOfNano(nano))]
}

const COUNTS = ['requests', 'input', 'cached', 'cacheWrite', 'output'] as const

/** The use of a key beyond the models that it called; nothing where these are all. */
function toRest(whole: UsageFact, own: readonly UsageFact[]): readonly UsageFact[] {
  const minus = (name: (typeof COUNTS)[number] | 'cost' | 'costNano'): number =>
    own.reduce((rest, part) => rest - (part[name] ?? 0), whole[name] ?? 0)
  const counts = Object.fromEntries(COUNTS.map((name) => [name, Math.max(0, minus(name))])) as Pick<
    UsageFact,
    (typeof COUNTS)[number]
  >
  // The proxy adds up floating numbers: a difference of costs without a call is none.
  if (COUNTS.every((name) => counts[name] === 0)) return []
  return [{ ...whole, ...counts, ...carriedCost({ cost: minus('cost'), costNano: minus('costNano') }) }]
}

function toRow(
  { day, key, model }: { readonly day: number; readonly key: string; readonly model: string | null },
  value: unknown,
): UsageRow {
  const row = parseRow(ofKey, value)
  const nano = row === null ? null : parseNanoUsd(row.metrics.spend ?? 0)
  if (row === null || nano === null) return unreadable(UNREADABLE_ROW, day)
  const { metrics: sums } = row
  const place = { day, project: row.metadata?.team_id ?? null, key, principal: null, model, item: '' }
  return usageFactAt(place, {
    requests: sums.api_requests,
    input: sums.prompt_tokens,
    cached: sums.cache_read_input_tokens,
    cacheWrite: sums.cache_creation_input_tokens,
    output: sums.completion_tokens,
    ...costOfNano(nano),
  })
}

/** One fact for each place: what several pages have of it is added up. */
function addUp(facts: readonly UsageFact[]): readonly UsageFact[] {
  const sums = new Map<string, UsageFact>()
  for (const fact of facts) {
    const id = JSON.stringify([fact.day, fact.project, fact.key, fact.model, fact.item])
    const before = sums.get(id)
    if (before === undefined) {
      sums.set(id, fact)
      continue
    }
    const cost = carriedCost({
      cost: before.cost + fact.cost,
      costNano: (before.costNano ?? 0) + (fact.costNano ?? 0),
    })
    sums.set(id, {
      ...fact,
      ...cost,
      requests: before.requests + fact.requests,
      input: before.input + fact.input,
      cached: before.cached + fact.cached,
      cacheWrite: before.cacheWrite + fact.cacheWrite,
      output: before.output + fact.output,
    })
  }
  return [...sums.values()]
}

/** The longest range of one request, in days. */
const RANGE = 31

/** Reads spend and use by day, team, key and model, as the proxy counts them by its own prices. */
export const liteLlmUsage: ReadUsage = async (access, asked, take, signal) => {
  signal.throwIfAborted()
  const api = await openLiteLlm(access)
  const calls = openCalls(access, signal, USAGE_BOUNDS)
  try {
    const caller = await readCaller(calls, api)
    if (!seesAll(caller)) throw new CallFailure('partial', describeReach(caller))
    const tally = openUsageTally()
    const starts = REPORTS.map((report) => asked.earlier?.get(report)?.from ?? asked.from)
    const first = Math.min(...starts)
    for (let { to } = asked; to > first; to -= RANGE) {
      const from = Math.max(first, to - RANGE)
      const facts = addUp(tally.take((await readDays(calls, api, from, to)).flatMap(toRows), from))
      for (const report of REPORTS) {
        const own =
          report === 'cost'
            ? facts.map((fact) => ({ ...fact, requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0 }))
            : facts.filter(({ item }) => item !== PROVISIONED).map((fact) => ({ ...fact, cost: 0, costNano: 0 }))
        take({ report, from, to, facts: own })
      }
    }
    return REPORTS.map((report): UsageOutcome => ({ report, ...getEnd(tally, WHAT) }))
  } catch (error) {
    signal.throwIfAborted()
    const ending = toEnding(error, 'litellm', WHAT)
    return REPORTS.map((report): UsageOutcome => ({ report, ...ending }))
  }
}
