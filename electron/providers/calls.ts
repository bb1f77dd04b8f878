import { setTimeout as sleep } from 'node:timers/promises'

import PQueue from 'p-queue'

import { afterTries, CallFailure, failureOf } from './errors.ts'
import type { Access } from './provider.ts'
import { backoffMs } from './retry-after.ts'

/** A request ready to go: an SDK's method with everything but the options of the single call. */
export type Send = (options: { readonly signal: AbortSignal }) => { asResponse(): Promise<Response> }

export interface Calls {
  /**
   * The body of one answer, parsed. Throws `CallFailure` when the request failed for good, and the signal's reason when
   * it was aborted, at once in either case, whether the request waits, flies or pauses between tries.
   */
  json(send: Send): Promise<unknown>
}

const IN_FLIGHT = 4
const LONGEST_WAIT = 60_000

const TRIES = 6

/**
 * The road to one organization: at most `access.concurrency` requests in flight, further tries included, and patience.
 * The SDKs' own patience is switched off: OpenAI's comes back early when told to wait more than a minute, and neither
 * can hold back the other requests of the connection. Here, a `Retry-After` holds back all of them.
 */
export function openCalls(access: Access, signal: AbortSignal): Calls {
  const queue = new PQueue({ concurrency: access.concurrency ?? IN_FLIGHT })
  const longestWait = access.maxRetryDelayMs ?? LONGEST_WAIT
  const most = access.tries ?? TRIES
  let quietUntil = 0

  async function once(send: Send): Promise<string> {
    return queue.add(
      async () => {
        for (let left = quietUntil - now(); left > 0; left = quietUntil - now()) await sleep(left, null, { signal })
        signal.throwIfAborted()
        const answer = await send({ signal }).asResponse()
        return answer.text()
      },
      { signal },
    )
  }

  async function json(send: Send): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      try {
        return parse(await once(send))
      } catch (error) {
        signal.throwIfAborted()
        const failure = failureOf(error, access.credential)
        if (failure === null) throw error
        const last = failure.kind === 'timeout' ? Math.ceil(most / 2) : most
        const asked = failure.retryAfter
        if (!failure.passing || tries >= last || (asked !== null && asked > longestWait)) {
          throw afterTries(failure, tries)
        }
        if (asked === null) await pause(Math.min(backoffMs(tries), longestWait), signal)
        else quietUntil = Math.max(quietUntil, now() + asked)
      }
    }
  }

  return { json }
}

/** Throws the signal's own reason rather than the timer's error about it. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, null, { signal }).catch(() => signal.throwIfAborted())
}

/** Monotonic, in milliseconds: a clock that is set back must not stretch a wait. */
function now(): number {
  return performance.now()
}

function parse(text: string): unknown {
  if (text.trim() === '') throw new CallFailure('malformed', 'it is empty')
  try {
    return JSON.parse(text)
  } catch {
    throw new CallFailure('malformed', 'it is not JSON')
  }
}
