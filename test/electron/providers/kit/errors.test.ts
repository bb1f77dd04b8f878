import { expect, test } from 'vitest'

import { toFailure } from '../../../../electron/providers/kit/errors.ts'

function refused(status: number, headers: Record<string, string>, message = 'No.') {
  return toFailure(Object.assign(new Error('x'), { status, headers: new Headers(headers), error: { message } }), 'none')
}

test.each([
  ['a remaining number of 0', { 'x-ratelimit-remaining': '0' }, 'No.'],
  ['a time to wait', { 'retry-after': '30' }, 'No.'],
  ['the words of a primary limit', {}, 'API rate limit exceeded for user ID 7.'],
  ['the words of a secondary limit', {}, 'You have exceeded a secondary rate limit. Please wait.'],
])('a 403 with %s is a limit of requests, which is waited for', (_name, headers, message) => {
  expect(refused(403, headers, message)).toMatchObject({ status: 429, passing: true })
})

test.each([
  ['nothing more', {}, 'No.'],
  ['some requests left', { 'x-ratelimit-remaining': '17' }, 'Missing scopes.'],
  ['a permission to read rate limits', {}, 'You may not read rate limits: missing scope api.rate_limits.read.'],
])('a 403 with %s is a refusal', (_name, headers, message) => {
  expect(refused(403, headers, message)).toMatchObject({ status: 403, passing: false })
})
