import type { LimitRow } from '../../shared/contract/projects.ts'
import { moneyText } from '../../shared/domain/text/amounts.ts'
import { wholeNumber } from '../ui/relative.ts'

/** The unit in a provider's name of a limit: `max_requests_per_1_minute` → `requests`. The period is left out. */
export function getUnit(metric: string): string {
  const unit = metric
    .replace(/^max[_-]/u, '')
    .replace(/[_-]per[_-].*$/u, '')
    .replaceAll(/[_-]+/gu, ' ')
    .trim()
  return unit === '' ? metric : unit
}

/** A limit in words: `$500.00 per month`, `10,000 requests per minute`. */
export function limitWords(limit: Pick<LimitRow, 'metric' | 'amount' | 'period'>): string {
  const amount =
    limit.metric === 'usd' ? moneyText(limit.amount) : `${wholeNumber(limit.amount)} ${getUnit(limit.metric)}`
  return limit.period === '' ? amount : `${amount} per ${limit.period}`
}

/** The effect of a limit that is reached. */
export function enforcementWord(enforcement: LimitRow['enforcement']): string {
  return enforcement === 'hard' ? 'Stops traffic' : 'Only alerts'
}

/** Of a limit at which the provider stops traffic now. */
export const STOPPING = 'Stopping traffic now'

/** Whom an alert notifies. */
export function recipientsWord(recipients: readonly string[]): string {
  return recipients.length === 0 ? 'notifies no one' : `notifies ${recipients.join(', ')}`
}
