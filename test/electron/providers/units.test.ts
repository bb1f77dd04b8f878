import * as fc from 'fast-check'
import { APIConnectionTimeoutError as AnthropicTimeout } from '@anthropic-ai/sdk'
import { APIConnectionTimeoutError as OpenAiTimeout } from 'openai'
import { expect, test } from 'vitest'

import { toFailure } from '../../../electron/providers/kit/errors.ts'
import { forEach } from '../../../electron/providers/kit/for-each.ts'
import { microUsdOfCents } from '../../../electron/providers/kit/money.ts'
import { getEnding } from '../../../electron/providers/kit/outcome.ts'
import { plainWords } from '../../../electron/providers/kit/plain.ts'
import { backoffMs, retryAfterMs } from '../../../electron/providers/kit/rate-limit.ts'
import { anyString } from '../../any-string.ts'

const NOW = Date.UTC(2026, 5, 1)

test.each([
  [{ 'retry-after': '20' }, 20_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after': new Date(NOW + 5000).toUTCString() }, 5000],
  [{ 'retry-after': new Date(NOW - 5000).toUTCString() }, null],
  [{ 'retry-after': '-3' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '' }, null],
  [{}, null],
])('Retry-After of %o is %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), NOW)).toBe(expected)
})

test('waits double from half a second to eight, with jitter', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((tries) => backoffMs(tries, () => 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000, 8000,
  ])
  expect(backoffMs(1, () => 0)).toBe(250)
})

test('cents become whole micro-USD, exactly', () => {
  expect(microUsdOfCents(75_000)).toBe(750_000_000)
  expect(microUsdOfCents('412.75')).toBe(4_127_500)
  expect(microUsdOfCents('0.0001')).toBe(1)
  expect(microUsdOfCents('10000000')).toBe(100_000_000_000)
  expect(microUsdOfCents('1e3')).toBe(10_000_000)
  expect(microUsdOfCents(`0.${'25'.repeat(40)}`)).toBe(2525)
  expect(microUsdOfCents('0E-6176')).toBe(0)
  for (const wrong of ['-1', '', 'ten', null, undefined, {}, -0.5, Number.NaN, 1e300, '9'.repeat(40)]) {
    expect(microUsdOfCents(wrong)).toBe(null)
  }
  fc.assert(
    fc.property(fc.nat(10 ** 9), fc.nat(9999), (whole, part) => {
      expect(microUsdOfCents(`${whole}.${String(part).padStart(4, '0')}`)).toBe(whole * 10_000 + part)
    }),
  )
})

test('the words of a provider never hold the credential, a control mark or more than a line', () => {
  const credential = 'secret-token-value'
  fc.assert(
    fc.property(anyString({ maxLength: 400 }), anyString({ maxLength: 50 }), (before, after) => {
      const words = plainWords(`${before}${credential}${after}`, credential) ?? ''
      expect(words).not.toContain(credential)
      expect(words).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(words.length).toBeLessThanOrEqual(201)
    }),
  )
  for (let before = 700; before < 900; before++) {
    expect(plainWords(`${' '.repeat(before)}${credential}`, credential) ?? '').not.toContain('secret')
  }
  expect(plainWords('Incorrect API key provided: sk-admin***cdef.', 'x')).toBe('Incorrect API key provided: sk-…')
  expect(plainWords({ message: 'no' }, 'x')).toBe(null)
})

test('forEach keeps to its width, stops after a failure and waits for what is under way', async () => {
  let open = 0
  let most = 0
  const done: number[] = []
  const one = async (item: number): Promise<void> => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setTimeout(resolve, item === 2 ? 1 : 5))
    open--
    if (item === 2) throw new Error('two')
    done.push(item)
  }
  await expect(forEach([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, one)).rejects.toThrow('two')
  expect(open).toBe(0)
  expect(most).toBe(3)
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 3])
  await forEach([], 3, one)
})

test.each([
  ['openai', new OpenAiTimeout()],
  ['anthropic', new AnthropicTimeout()],
] as const)('a time-out of the SDK of %s is one', (provider, error) => {
  const failure = toFailure(error, 'x')
  expect(failure).toMatchObject({ kind: 'timeout', passing: true, status: null })
  const place = { provider, source: 'users', project: null } as const
  expect(failure && getEnding(failure, place)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('in time'),
  })
})

test('an error that is not an SDK error is a defect, not a failure of the provider', () => {
  expect(toFailure(new TypeError('x is not a function'), 'x')).toBe(null)
  expect(toFailure('text', 'x')).toBe(null)
})
