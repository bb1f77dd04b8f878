import { carriedCost, type Cost } from './cost.ts'
import { getSum, type UsageMeasures } from './measures.ts'

/** The sums of one line item (`''`: none is reported) of one model through one key of one project on one day. */
export interface LineSums extends UsageMeasures, Cost {
  readonly item: string
}

/** A line of a bill with what it counts: exactly one of the units is known of each. */
export interface FocusLine extends Cost {
  readonly item: string | null
  readonly quantity: number
  readonly unit: 'Tokens' | 'Requests' | 'Charges'
  readonly requests: number
  /** Micro-USD. */
  readonly estimate: number
}

/**
 * The kinds of tokens that line items name, such as `gpt-5.4, cached input`, in the order in which they are tried. Tokens of the cache
 * are part of the input.
 */
const KINDS: readonly (readonly [RegExp, (of: UsageMeasures) => number])[] = [
  [/cache.*(?:write|creation)/iu, ({ cacheWrite }) => cacheWrite],
  [/cache/iu, ({ cached }) => cached],
  [/input|prompt/iu, ({ input, cached, cacheWrite }) => Math.max(0, input - cached - cacheWrite)],
  [/output|completion/iu, ({ output }) => output],
]

const countTokens = ({ input, output }: UsageMeasures): number => input + output
const isCharged = ({ cost, costNano }: Cost): boolean => cost !== 0 || costNano !== 0
const isCredit = ({ cost }: Cost): boolean => cost < 0

/**
 * The lines of one model through one key: each line item, and the use without one. Providers report what was used apart
 * from what it cost, so tokens are moved to the one item that bills their kind, where there is one; the rest is a line
 * of its own without a cost. The sums over all lines are those of the rows.
 */
export function toFocusLines(rows: readonly LineSums[]): FocusLine[] {
  const lines = rows
    .filter(isCharged)
    .map((row) => ({
      ...carriedCost(row),
      item: row.item,
      tokens: countTokens(row),
      requests: row.requests,
      estimate: row.estimate,
    }))
    .toSorted((a, b) => b.cost - a.cost || (a.item < b.item ? -1 : 1))
  const use = getSum(rows.filter((row) => !isCharged(row)))
  const open = lines.filter((line) => line.tokens === 0 && !isCredit(line))
  let rest = countTokens(use)
  const [only, ...others] = open
  if (only !== undefined && others.length === 0) {
    only.tokens = rest
    rest = 0
  }
  for (const [at, [, count]] of KINDS.entries()) {
    const named = open.filter(({ item }) => KINDS.findIndex(([words]) => words.test(item)) === at)
    const [line] = named
    if (line === undefined || named.length > 1 || others.length === 0) continue
    line.tokens = count(use)
    rest -= line.tokens
  }
  const first = rest === 0 ? open[0] : undefined
  if (first !== undefined) {
    first.requests += use.requests
    first.estimate += use.estimate
  }
  const left = { cost: 0, costNano: 0, item: '', tokens: rest, requests: use.requests, estimate: use.estimate }
  const hasLeft = first === undefined && (rest > 0 || use.requests > 0 || use.estimate > 0)
  return [...lines, ...(hasLeft ? [left] : [])].map(({ tokens, item, ...line }) => ({
    ...line,
    item: item === '' ? null : item,
    ...toQuantity(tokens, line.requests),
  }))
}

/** Tokens, or requests where there are none; a line without either is one charge. */
function toQuantity(tokens: number, requests: number): Pick<FocusLine, 'quantity' | 'unit'> {
  if (tokens > 0) return { quantity: tokens, unit: 'Tokens' }
  return requests > 0 ? { quantity: requests, unit: 'Requests' } : { quantity: 1, unit: 'Charges' }
}
