import type { LimitRow } from '../../shared/contract/projects.ts'
import { wholeNumber } from '../ui/relative.ts'

const USD = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

const MICRO_PER_USD = 1_000_000

/** Integer micro-USD as US dollars: `$1,250.00`. */
export function usd(micro: number): string {
  return USD.format(micro / MICRO_PER_USD)
}

/**
 * A provider's limiter word as a unit: `max_requests_per_1_minute` → `requests`. What a period says is left to the
 * period.
 */
export function unitOf(metric: string): string {
  const unit = metric
    .replace(/^max[_-]/u, '')
    .replace(/[_-]per[_-].*$/u, '')
    .replaceAll(/[_-]+/gu, ' ')
    .trim()
  return unit === '' ? metric : unit
}

/** A limit as people say it: `$500.00 per month`, `10,000 requests per minute`. */
export function limitWords(limit: Pick<LimitRow, 'metric' | 'amount' | 'period'>): string {
  const amount = limit.metric === 'usd' ? usd(limit.amount) : `${wholeNumber(limit.amount)} ${unitOf(limit.metric)}`
  return limit.period === '' ? amount : `${amount} per ${limit.period}`
}

/** What happens at a limit. */
export function enforcementWord(enforcement: LimitRow['enforcement']): string {
  return enforcement === 'hard' ? 'Stops traffic' : 'Only tells'
}
