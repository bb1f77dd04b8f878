import { z } from 'zod'

import { DAY_MS, isDay } from '../../../shared/domain/day.ts'
import type { KeyFact } from '../../../shared/domain/facts.ts'
import { carriedCost } from '../../../shared/domain/usage/cost.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { openCalls, type Calls, type Access } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { forEach } from '../kit/for-each.ts'
import { readOffsets } from '../kit/offset.ts'
import { raw } from '../kit/rows.ts'
import { getEnd, toEnding, type ReadUsage, type UsageOutcome, type UsageReading } from '../kit/usage.ts'
import {
  costRow,
  openUsageTally,
  ROW_WITHOUT_DAY,
  unreadable,
  UNREADABLE_ROW,
  usageCount,
  usageFactAt,
  type UsageRow,
} from '../kit/usage-rows.ts'
import { openOpenRouter, type OpenRouter } from './client.ts'
import { allWorkspaces, openRouterLists } from './lists.ts'
import { keyReading } from './normalise/key.ts'
import { workspaceReading } from './normalise/workspace.ts'

/** Complete days, UTC, that OpenRouter reports (user activity). */
const DAYS = 30

const WIDTH = 4

const activityRow = z.object({
  date: z.string(),
  model: z.string().nullish().catch(null),
  endpoint_id: z.string().nullish().catch(null),
  usage: raw,
  requests: usageCount,
  prompt_tokens: usageCount,
  completion_tokens: usageCount,
})

const activity = z.object({ data: z.array(z.unknown()) })

/** Key, workspace and who made the key: what one question is about. */
interface UsageSubject {
  readonly project: string
  readonly key: string | null
  readonly principal: string | null
}

/**
 * Parses the charges of OpenRouter itself; the spending on a key of one's own at another vendor is that vendor's to
 * bill. A row whose amount cannot be read keeps its requests and tokens.
 */
function parseRows(value: unknown, place: UsageSubject): readonly UsageRow[] {
  const read = activityRow.safeParse(value)
  if (!read.success) return [unreadable(UNREADABLE_ROW, null)]
  const row = read.data
  // Newer answers report a day as an instant.
  const date = row.date.slice(0, 10)
  if (!isDay(date)) return [unreadable(ROW_WITHOUT_DAY, null)]
  const at = { ...place, day: dayNumber(Date.parse(date)), model: row.model ?? null, item: row.endpoint_id ?? '' }
  const counts = { requests: row.requests, input: row.prompt_tokens, output: row.completion_tokens }
  const cost = costRow(at, { value: row.usage, unit: 'dollars' })
  return 'left' in cost ? [usageFactAt(at, counts), cost] : [{ ...cost, ...counts }]
}

async function ask(calls: Calls, api: OpenRouter, place: UsageSubject): Promise<readonly UsageRow[]> {
  const query = { workspace_id: place.project, ...(place.key === null ? {} : { api_key_hash: place.key }) }
  const list = calls.openList()
  const answer = activity.safeParse(await list.json((options) => api.get('/activity', query, options), 'activity'))
  if (!answer.success) throw new CallFailure('malformed', 'it holds no list of activity under "data"')
  list.count(answer.data.data.length)
  return answer.data.data.flatMap((row) => parseRows(row, place))
}

const SUMS = ['requests', 'input', 'output', 'cost', 'costNano'] as const

const NOTHING = { requests: 0, input: 0, output: 0, cost: 0, costNano: 0 }

/**
 * The use of a workspace beyond its keys: keys that were deleted since, and the chat in the browser. Days, models and
 * endpoints where nothing is left are left out.
 */
export function remainder(whole: readonly UsageFact[], parts: readonly UsageFact[]): UsageFact[] {
  const rest = new Map<string, UsageFact>()
  const add = (fact: UsageFact, sign: 1 | -1): void => {
    const id = JSON.stringify([fact.day, fact.project, fact.model, fact.item])
    const before = rest.get(id) ?? { ...fact, key: null, principal: null, ...NOTHING }
    const sums = SUMS.map((name) => [name, (before[name] ?? 0) + sign * (fact[name] ?? 0)])
    rest.set(id, { ...before, ...(Object.fromEntries(sums) as Pick<UsageFact, (typeof SUMS)[number]>) })
  }
  for (const fact of whole) add(fact, 1)
  for (const fact of parts) add(fact, -1)
  return [...rest.values()]
    .map((fact) => ({
      ...fact,
      ...carriedCost({ cost: fact.cost, costNano: fact.costNano ?? 0 }),
      requests: Math.max(0, fact.requests),
      input: Math.max(0, fact.input),
      output: Math.max(0, fact.output),
    }))
    .filter((fact) => SUMS.some((name) => fact[name] !== 0))
}

/**
 * True if a key may have used anything in the days that are reported: one that was last used before them, or never, is not
 * asked for. Where the record has no last use of a key that has spent, it is: the record may lack it.
 */
function mayHaveUse({ lastUse }: KeyFact): boolean {
  if (lastUse.state === 'known') return lastUse.at >= Date.now() - (DAYS + 1) * DAY_MS
  return lastUse.state !== 'never'
}

async function allActivity(access: Access, signal: AbortSignal): Promise<readonly UsageRow[]> {
  const api = await openOpenRouter(access)
  const calls = openCalls(access, signal)
  const lists = openRouterLists(api)
  const listed = await allWorkspaces(calls, lists)
  const workspaces = listed.map((row) => workspaceReading(row).id).filter((id) => id !== null)
  const rows: UsageRow[] = []
  await forEach(workspaces, WIDTH, async (project) => {
    const keys = new Map<string, string | null>()
    const seen = new Set<string>()
    await readOffsets(calls, lists.keys(project), (rows) => {
      const before = seen.size
      let unknown = 0
      for (const row of rows) {
        const key = keyReading(row, project, { users: new Map(), whole: false }).facts.find(
          (fact) => fact.type === 'key',
        )
        if (key === undefined) {
          unknown += 1
          continue
        }
        seen.add(key.externalId)
        if (key.project === project && mayHaveUse(key)) keys.set(key.externalId, key.owner?.externalId ?? null)
      }
      return seen.size - before + unknown
    })
    const parts: UsageRow[] = []
    // The rows name no user; the spend of a key is attributed to its maker, who is to be asked.
    for (const [key, principal] of keys) {
      for (const row of await ask(calls, api, { project, key, principal })) parts.push(row)
    }
    const whole = await ask(calls, api, { project, key: null, principal: null })
    const left = whole.filter((row) => 'left' in row)
    for (const row of [...parts, ...left, ...remainderOfWholeDays(whole, parts)]) rows.push(row)
  })
  return rows
}

/** On a day when the workspace's own rows cannot all be read, the use beside its keys is unknown. */
function remainderOfWholeDays(whole: readonly UsageRow[], parts: readonly UsageRow[]): readonly UsageFact[] {
  const unread = new Set(whole.filter((row) => 'left' in row).map((row) => row.day))
  if (unread.has(null)) return []
  const facts = (rows: readonly UsageRow[]): UsageFact[] => rows.filter((row): row is UsageFact => !('left' in row))
  return remainder(facts(whole), facts(parts)).filter(({ day }) => !unread.has(day))
}

const REPORTS = ['cost', 'completions'] as const

/**
 * Reads costs and usage by day, workspace, key and model: one request for each key that was used, and one for each workspace,
 * which also covers deleted keys, so that the sum is the provider's. OpenRouter reports the last 30 complete days.
 */
export const openRouterUsage: ReadUsage = async (access, span, take, signal) => {
  signal.throwIfAborted()
  try {
    const from = Math.max(span.from, dayNumber(Date.now()) - DAYS)
    const rows = (await allActivity(access, signal)).filter(({ day }) => day === null || (day >= from && day < span.to))
    const tally = openUsageTally()
    const facts = tally.take(rows, from)
    if (from < span.to) for (const report of REPORTS) take(getReading(report, { from, to: span.to }, facts))
    return REPORTS.map((report): UsageOutcome => ({ report, ...getEnd(tally, 'costs and usage'), readFrom: from }))
  } catch (error) {
    signal.throwIfAborted()
    const ending = toEnding(error, 'openrouter', 'usage')
    return REPORTS.map((report): UsageOutcome => ({ report, ...ending }))
  }
}

function getReading(
  report: (typeof REPORTS)[number],
  days: { readonly from: number; readonly to: number },
  facts: readonly UsageFact[],
): UsageReading {
  const reported = facts.map((fact) =>
    report === 'cost' ? { ...fact, requests: 0, input: 0, output: 0 } : { ...fact, cost: 0, costNano: 0 },
  )
  return { report, ...days, facts: reported }
}
