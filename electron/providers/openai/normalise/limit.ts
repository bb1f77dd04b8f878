import { z } from 'zod'

import type { DetailFact, LimitFact } from '../../../../shared/domain/facts.ts'
import { microUsdOfCents } from '../../kit/money.ts'
import { id, parseRow, part, raw, word, words } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const spendRow = z.object({
  threshold_amount: raw,
  currency: word,
  interval: word,
  enforcement: part(z.object({ status: word })),
  notification_channel: part(z.object({ recipients: words })),
})

type SpendRow = z.output<typeof spendRow>

const OTHER_CURRENCY = 'A limit in a currency other than US dollars.'
const NO_AMOUNT = 'A limit without an amount.'

/** The hard spend limit of the organization (project null) or of a project. */
export function spendLimitReading(row: unknown, project: string | null): Reading {
  const limit = parseRow(spendRow, row)
  if (limit === null) return UNREADABLE
  return spendReading(limit, `spend:${project ?? 'org'}`, project, 'hard')
}

const alertRow = spendRow.extend({ id })

/** One spend alert: it sends e-mails and stops nothing. */
export function spendAlertReading(row: unknown, project: string | null): Reading {
  const alert = parseRow(alertRow, row)
  if (alert === null) return UNREADABLE
  return spendReading(alert, `alert:${alert.id}`, project, 'alert')
}

function spendReading(
  row: SpendRow,
  externalId: string,
  project: string | null,
  enforcement: LimitFact['enforcement'],
): Reading {
  if (row.currency !== null && row.currency.toUpperCase() !== 'USD') {
    return { id: externalId, facts: [], left: [OTHER_CURRENCY] }
  }
  const amount = microUsdOfCents(row.threshold_amount)
  if (amount === null) return { id: externalId, facts: [], left: [NO_AMOUNT] }
  const period = row.interval ?? 'month'
  const fact: LimitFact = {
    type: 'limit',
    externalId,
    project,
    kind: 'spend',
    enforcement,
    metric: 'usd',
    model: null,
    amount,
    period,
  }
  return { id: externalId, facts: [fact, ...toDetails(row, externalId)], left: [] }
}

/** The enforcement of the limit now, and the recipients of its alert. */
function toDetails({ enforcement, notification_channel }: SpendRow, externalId: string): readonly DetailFact[] {
  const detail = (kind: DetailFact['kind'], value: readonly string[]): DetailFact => ({
    type: 'detail',
    of: 'limit',
    externalId,
    kind,
    value,
  })
  const status = enforcement?.status ?? null
  return [
    ...(status === null ? [] : [detail('enforcing', [status === 'enforcing' ? 'yes' : 'no'])]),
    ...(notification_channel === null ? [] : [detail('recipients', notification_channel.recipients ?? [])]),
  ]
}

const rateRow = z.looseObject({ id, model: word })

/** `max_requests_per_1_minute`, `max_requests_per_1_day`: any such field is a limit, new ones too. */
const PER_PERIOD = /^max_(.+)_per_1_(second|minute|hour|day)$/u
const BATCH = 'batch_1_day_max_input_tokens'

/** The rate limits of one model in a project: one fact for each limiter. */
export function rateLimitReading(row: unknown, project: string): Reading {
  const limit = parseRow(rateRow, row)
  if (limit === null) return UNREADABLE
  const facts: LimitFact[] = []
  const left: Omission[] = []
  for (const [field, value] of Object.entries(limit)) {
    const limiter = findLimiter(field)
    if (limiter === null || value === null || value === undefined) continue
    const amount = typeof value === 'number' ? Math.round(value) : Number.NaN
    if (!Number.isSafeInteger(amount) || amount < 0) {
      left.push(NO_AMOUNT)
      continue
    }
    facts.push({
      type: 'limit',
      externalId: `rate:${project}:${limit.id}:${limiter.metric}`,
      project,
      kind: 'rate',
      enforcement: 'hard',
      metric: limiter.metric,
      model: limit.model,
      amount,
      period: limiter.period,
    })
  }
  return { id: limit.id, facts, left }
}

/** The metric that a field of a rate limit limits, in the words of the register. */
export function findLimiter(field: string): { readonly metric: string; readonly period: string } | null {
  if (field === BATCH) return { metric: 'batch_input_tokens_per_day', period: 'day' }
  const match = PER_PERIOD.exec(field)
  const [, what, period] = match ?? []
  return what === undefined || period === undefined ? null : { metric: `${what}_per_${period}`, period }
}
