import { z } from 'zod'

import type { LimitFact } from '../../../../shared/domain/facts.ts'
import { microUsdOfCents } from '../../kit/money.ts'
import { periodWord } from '../../kit/period.ts'
import { id, listWithin, optionalId, parseRow, part, raw, rows, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const group = part(z.object({ type: word, display_name: text }))
const models = part(z.array(z.string()))
const limiterRow = z.object({ type: id, value: z.number().nonnegative() })

const organizationRate = z.object({ id, group, models, limits: rows })
const workspaceRate = z.object({ rate_limit_id: id, group, models, limits: rows })

interface RateRow {
  readonly id: string
  readonly group: z.output<typeof group>
  readonly models: readonly string[] | null
  readonly limits: readonly unknown[] | null
}

export const NO_AMOUNT = 'A limit without an amount.'
export const OTHER_CURRENCY = 'A limit in a currency other than US dollars.'

/** The rate limits of one group of models for the whole organization: one fact for each limiter. */
export function rateLimitReading(row: unknown): Reading {
  const rate = parseRow(organizationRate, row)
  return rate === null ? UNREADABLE : rateReading(rate, null)
}

/** The rate limits of one group of models for one workspace. */
export function workspaceRateLimitReading(row: unknown, workspace: string): Reading {
  const rate = parseRow(workspaceRate, row)
  return rate === null ? UNREADABLE : rateReading({ ...rate, id: rate.rate_limit_id }, workspace)
}

function rateReading(rate: RateRow, project: string | null): Reading {
  const facts: LimitFact[] = []
  const left: Omission[] = []
  for (const entry of listWithin(rate.limits, 'A group of rate limits', left)) {
    const limiter = parseRow(limiterRow, entry)
    const amount = limiter === null ? Number.NaN : Math.round(limiter.value)
    if (limiter === null || !Number.isSafeInteger(amount)) {
      left.push(NO_AMOUNT)
      continue
    }
    facts.push({
      type: 'limit',
      externalId: `rate:${project ?? 'org'}:${rate.id}:${limiter.type}`,
      project,
      kind: 'rate',
      enforcement: 'hard',
      metric: limiter.type,
      model: findModel(rate),
      amount,
      period: getPeriod(limiter.type),
    })
  }
  return { id: rate.id, facts, left }
}

/** A group of one model is that model; else its name, or what it is for (`batch`, `files`). */
function findModel({ group, models }: RateRow): string | null {
  if (models?.length === 1) return models[0] ?? null
  return group?.display_name ?? group?.type ?? null
}

const PERIOD = /_per_(second|minute|hour|day)(?:_|$)/u

/** Fast mode's limiters are named `itpm` and `otpm`: tokens per minute. */
function getPeriod(limiter: string): string {
  return PERIOD.exec(limiter)?.[1] ?? (/[io]tpm/u.test(limiter) ? 'minute' : 'unknown')
}

const spendRow = z.object({
  id,
  amount: raw,
  currency: word,
  period: word,
  scope: part(z.object({ type: word, workspace_id: optionalId })),
  is_enabled: part(z.boolean()),
})

/** One spend limit of the organization, a workspace, or the cap that Anthropic sets for the usage tier. */
export function spendLimitReading(row: unknown): Reading {
  const limit = parseRow(spendRow, row)
  if (limit === null) return UNREADABLE
  const without = (reason: Omission): Reading => ({ id: limit.id, facts: [], left: [reason] })
  if (limit.is_enabled === false) return without({ harmless: 'A limit that is switched off.' })
  if (limit.currency !== null && limit.currency.toUpperCase() !== 'USD') {
    return without(OTHER_CURRENCY)
  }
  const where = findPlace(limit.scope)
  if (where === null) return without(OF_OTHERS)
  if (where === 'unknown') return without('A limit whose place cannot be read.')
  const amount = microUsdOfCents(limit.amount)
  if (amount === null) return without(NO_AMOUNT)
  const period = limit.period === null ? 'month' : periodWord(limit.period)
  const fact: LimitFact = {
    type: 'limit',
    // Setting a limit replaces the one of its place and period, under whatever id: these two are what it is.
    externalId: period === 'month' ? `spend:${where.name}` : `spend:${where.name}:${period}`,
    project: where.project,
    kind: 'spend',
    enforcement: 'hard',
    metric: 'usd',
    model: null,
    amount,
    period,
  }
  return { id: limit.id, facts: [fact], left: [] }
}

const OF_OTHERS: Omission = { harmless: 'A limit of a single user, seat or group.' }

/** Null for a limit that is not of a place. */
function findPlace(
  scope: { readonly type: string | null; readonly workspace_id: string | null } | null,
): { readonly name: string; readonly project: string | null } | 'unknown' | null {
  const type = scope?.type ?? null
  if (scope === null || type === null) return 'unknown'
  if (type === 'organization') return { name: 'org', project: null }
  if (type === 'usage_tier') return { name: 'tier', project: null }
  if (type !== 'workspace') return null
  return scope.workspace_id === null ? 'unknown' : { name: scope.workspace_id, project: scope.workspace_id }
}
