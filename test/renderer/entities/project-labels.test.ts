import { describe, expect, it } from 'vitest'

import { limitWords, getUnit } from '../../../renderer/entities/project-labels.ts'
import { moneyText } from '../../../shared/domain/text/amounts.ts'

describe('limits in words', () => {
  it('show micro-USD as dollars', () => {
    expect(moneyText(500_000_000)).toBe('$500.00')
    expect(moneyText(1)).toBe('<$0.01')
    expect(limitWords({ metric: 'usd', amount: 1_250_500_000, period: 'month' })).toBe('$1,250.50 per month')
  })

  it('show a rate in its own unit', () => {
    expect(limitWords({ metric: 'max_requests_per_1_minute', amount: 10_000, period: 'minute' })).toBe(
      '10,000 requests per minute',
    )
    expect(limitWords({ metric: 'input_tokens_per_minute', amount: 2_000_000, period: 'minute' })).toBe(
      '2,000,000 input tokens per minute',
    )
  })

  it('keep an unknown word', () => {
    expect(getUnit('batch-queue-depth')).toBe('batch queue depth')
    expect(getUnit('max_')).toBe('max_')
    expect(limitWords({ metric: 'images', amount: 5, period: '' })).toBe('5 images')
  })
})
