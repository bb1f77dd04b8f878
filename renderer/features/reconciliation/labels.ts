import type {
  ReconciliationRow,
  ReconciliationSums,
  ReconciliationBy,
} from '../../../shared/contract/reconciliation.ts'
import { shortCount } from '../../../shared/domain/text/amounts.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import type { Measure } from './search.ts'

export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  cost: 'USD',
  tokens: 'Tokens',
  requests: 'Requests',
}

/** A number of a measure for a cell: dollars with cents, or a count in short. */
export function amountText(measure: Measure, amount: number): string {
  return measure === 'cost' ? dollarText(amount) : shortCount(amount)
}

/** The share of the bill that is covered; a dash without a bill. */
export function percentText({ percent }: ReconciliationSums): string {
  return percent === null ? '–' : `${percent.covered} %`
}

export function bucketWord(kind: ReconciliationRow['kind'], by: ReconciliationBy): string {
  if (kind === 'unmatched') return 'No such project'
  return by === 'model' ? 'No model' : 'No project'
}
