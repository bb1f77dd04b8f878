import type { Clock } from '../../electron/providers/kit/clock.ts'
import type { FakeAnswer, FakeRequest } from './http.ts'
import { openAiErrorBody } from './openai-pages.ts'

/** A limit of requests of one route, counted by its path template whatever ids are in it. */
export interface Throttle {
  readonly route: RegExp
  /** Requests that pass in one window; the others are answered 429 without a header that names a time. */
  readonly most: number
  readonly windowMs: number
  /** The clock that measures the window; the machine's unless given. */
  readonly clock?: Pick<Clock, 'now'>
}

/** As measured of a live organization (mkdev-me/terraform-provider-openai, pull request 76): 7 pass, then none for a minute. */
export const SEVEN_A_MINUTE: Throttle = {
  route: /^\/v1\/projects\/[^/]+\/(?:(?:groups|users)\/[^/]+\/)?roles$/u,
  most: 7,
  windowMs: 60_000,
}

/** Every request passes. */
export const UNLIMITED: Throttle = { ...SEVEN_A_MINUTE, most: Number.POSITIVE_INFINITY }

/** The refusal of a request that is one too many; null for one that passes. */
export function liveThrottle(throttle: Throttle = SEVEN_A_MINUTE): (request: FakeRequest) => FakeAnswer | null {
  const { route, most, windowMs, clock = performance } = throttle
  let passed: number[] = []
  return (request) => {
    if (!route.test(request.path)) return null
    const now = clock.now()
    passed = passed.filter((at) => now - at < windowMs)
    if (passed.length < most) {
      passed.push(now)
      return null
    }
    return { status: 429, body: openAiErrorBody(429, 'Rate limit reached for requests.', 'rate_limit_exceeded') }
  }
}
