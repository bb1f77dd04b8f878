import type { FakeAnswer, FakeRequest } from './http.ts'
import { openAiError } from './openai-pages.ts'

interface CostRow {
  readonly amount: { readonly value: number | string; readonly currency: string }
}

interface CostBody {
  readonly data: readonly { readonly results: readonly CostRow[] }[]
}

/**
 * Costs as live organizations send them: every amount is the text of a Decimal128 (openai-java, commits cbfb2e79 and
 * a1f785bc: `0E-6176`, 36 digits after the point), and `group_by=api_key_id` is refused (PostHog issue 71784).
 */
export function liveCosts(request: FakeRequest, answer: FakeAnswer): FakeAnswer {
  if (request.path !== '/v1/organization/costs' || answer.status !== 200) return answer
  if (request.query.getAll('group_by[]').includes('api_key_id')) {
    return openAiError(400, "Invalid value: 'api_key_id'.", 'invalid_value')
  }
  return withAmounts(answer, decimal128)
}

/** Costs as OpenAI's specification shows them: every amount is a number. */
export function documentedCosts(request: FakeRequest, answer: FakeAnswer): FakeAnswer {
  if (request.path !== '/v1/organization/costs' || answer.status !== 200) return answer
  return withAmounts(answer, Number)
}

function withAmounts(answer: FakeAnswer, getAmount: (value: number | string) => number | string): FakeAnswer {
  const body = answer.body as CostBody
  const data = body.data.map((bucket) => ({
    ...bucket,
    results: bucket.results.map((row) => ({ ...row, amount: { ...row.amount, value: getAmount(row.amount.value) } })),
  }))
  return { ...answer, body: { ...body, data } }
}

function decimal128(value: number | string): string {
  const number = Number(value)
  if (number === 0) return '0E-6176'
  return `${number.toFixed(18)}${'0'.repeat(18)}`
}
