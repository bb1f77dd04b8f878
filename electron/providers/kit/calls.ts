import PQueue from 'p-queue'

import type { UnfinishedPart } from '../../../shared/domain/source.ts'
import { LIST_BOUNDS, openBound, READING_BOUNDS, type Bound, type Bounds } from './bounds.ts'
import { type Clock, MACHINE_CLOCK } from './clock.ts'
import { backoffMs, isRouteLimit, openRateLimit } from './rate-limit.ts'
import { afterTries, CallFailure, toFailure, isNeverSent } from './errors.ts'
import type { OpenLog } from './open-log.ts'
import { refusesCredential } from './outcome.ts'

/** How to reach one organization. The credential is in memory only during the call. */
export interface Access {
  readonly credential: string
  /** Overrides the vendor's address, for proxies and tests. */
  readonly baseUrl: string | null
  /** The absolute path of the file that replaces an API. */
  readonly path?: string | null
  /** Concurrent requests; 4 unless given. */
  readonly concurrency?: number
  /**
   * Upper bound of one wait between tries, in milliseconds; 60,000 unless given. Where the provider asks for a longer
   * wait, the source fails immediately and reports it: an earlier request only prolongs the block.
   */
  readonly maxRetryDelayMs?: number
  /**
   * How often one request is sent at most; 6 unless given. A time-out counts double: it took half a minute already. A
   * rate-limited request without a `Retry-After` does not count: it is sent again for as long as the reading has
   * patience.
   */
  readonly tries?: number
  /** How long one request may take, in milliseconds; 30,000 unless given. */
  readonly timeoutMs?: number
  /** The clock of waits, which is not a time of day, and how to wait; the machine's own unless given. */
  readonly clock?: Clock
  /** The present moment in milliseconds since the epoch; the machine's unless given. */
  readonly now?: () => number
  /** Called when requests are held back since the provider limits them, with the wait in milliseconds from now. */
  readonly onWait?: (ms: number) => void
  /** Parts of the last reading that were not read to their end; this one begins with them. */
  readonly unfinished?: readonly UnfinishedPart[]
  /** Called for every request sent, further tries included. */
  readonly onRequest?: () => void
  /**
   * Opens the stored log of the connection, once its lists were read; null where these belong to another organization.
   * Without it the provider's log is not read.
   */
  readonly openLog?: () => OpenLog | null
}

/** A prepared request: an SDK's method with everything but the options of the single call. */
export type Send = (options: Options) => Answer

/** The options of one request. */
export interface Options {
  readonly signal: AbortSignal
}

/** As the SDKs return it: nothing is read yet. */
export interface Answer {
  asResponse(): Promise<Response>
}

export interface Calls extends Asking {
  /** For the pages of one list, checked against its own bounds. */
  readonly openList: () => ListCalls
}

export interface ListCalls extends Asking {
  /** As `json`, with the headers of the answer, where some providers report the next page. */
  readonly page: (send: Send, route?: string) => Promise<AnsweredPage>
  /** Counts rows that the pages brought. Throws `CallFailure` as `json` does when there are too many. */
  readonly count: (rows: number) => void
}

export interface AnsweredPage {
  readonly body: unknown
  readonly headers: Headers
}

interface Asking {
  /**
   * The body of one answer, parsed. Throws `CallFailure` when the request failed for good, and the signal's reason when
   * it was aborted; in either case immediately, whether the request waits, is in flight or pauses between tries.
   * `route` is the unit in which the provider counts requests when it limits them: one word for all paths of one
   * template. Readings are checked against bounds: beyond those of a list, `CallFailure` of kind `paging`; beyond those
   * of the reading, of kind `endless`.
   */
  readonly json: (send: Send, route?: string) => Promise<unknown>
}

const IN_FLIGHT = 4
const LONGEST_WAIT = 60_000

const TRIES = 6

/**
 * The request queue of one organization: at most `access.concurrency` requests in flight, retries included, and waits
 * for rate limits. The SDKs' own retries are switched off: OpenAI's retries early when asked to wait more than a
 * minute, and neither can hold back the other requests of the connection. Here, a `Retry-After` holds back all of them,
 * and a 429 without one those of the same route (`rate-limit.ts`).
 */
export function openCalls(access: Access, signal: AbortSignal, bounds: Bounds = READING_BOUNDS): Calls {
  const queue = new PQueue({ concurrency: access.concurrency ?? IN_FLIGHT })
  const longestWait = access.maxRetryDelayMs ?? LONGEST_WAIT
  const most = access.tries ?? TRIES
  const clock = access.clock ?? MACHINE_CLOCK
  const limit = openRateLimit(clock, { longestPause: access.maxRetryDelayMs, onWait: access.onWait })
  const reading = openBound('endless', bounds, () => clock.now())
  const door = openDoor(signal)

  /** The text of an answer and its headers; null when requests of the route were held back before this one was sent. */
  async function once(
    send: Send,
    route: string,
    onSent: () => void,
  ): Promise<{ readonly text: string; readonly headers: Headers } | null> {
    return queue.add(
      async () => {
        for (let left = limit.leftForAll(); left > 0; left = limit.leftForAll()) await clock.sleep(left, signal)
        signal.throwIfAborted()
        if (limit.left(route) > 0) return null
        onSent()
        const answer = await send({ signal }).asResponse()
        return { text: await answer.text(), headers: answer.headers }
      },
      { signal },
    )
  }

  async function page(send: Send, route = '', list?: Bound): Promise<AnsweredPage> {
    // An endless list gets no further request.
    reading.add({})
    const isFirst = await door.enter()
    try {
      return await untilAnswered(send, route, list)
    } finally {
      if (isFirst) door.leave()
    }
  }

  async function untilAnswered(send: Send, route: string, list: Bound | undefined): Promise<AnsweredPage> {
    let sentAt = 0
    for (let tries = 1; ;) {
      // A request that waits for its route takes no place in the queue: those of other routes continue.
      for (let left = limit.left(route); left > 0; left = limit.left(route)) await clock.sleep(left, signal)
      try {
        const answer = await once(send, route, () => {
          sentAt = clock.now()
        })
        if (answer === null) continue
        const { text, headers } = answer
        door.open()
        limit.passed(route, sentAt)
        for (const bound of [list, reading]) bound?.add({ pages: 1, characters: text.length })
        return { body: parse(text), headers }
      } catch (error) {
        signal.throwIfAborted()
        const failure = toFailure(error, access.credential)
        if (failure === null) throw error
        const last = failure.kind === 'timeout' ? Math.ceil(most / 2) : most
        if (door.isFinal(failure, tries >= last)) {
          const final = afterTries(failure, tries, failure.status === null)
          door.shut(final)
          throw final
        }
        // A lost connection shows that something answers.
        if (failure.kind !== 'timeout') door.open()
        if (isRouteLimit(failure) && access.tries === undefined) {
          if (!limit.refused(route, sentAt, failure.resetAfter)) throw afterTries(failure, tries)
        } else {
          const asked = failure.retryAfter
          if (!failure.passing || tries >= last || (asked !== null && asked > longestWait)) {
            throw afterTries(failure, tries)
          }
          if (asked === null) await clock.sleep(Math.min(backoffMs(tries), longestWait), signal)
          else limit.holdAll(asked)
        }
        tries += 1
      }
    }
  }

  function openList(): ListCalls {
    const list = openBound('paging', LIST_BOUNDS, () => clock.now())
    return {
      json: async (send, route) => (await page(send, route, list)).body,
      page: (send, route) => page(send, route, list),
      count: (rows) => {
        for (const bound of [list, reading]) bound.add({ rows })
      },
    }
  }

  return { json: async (send, route) => (await page(send, route)).body, openList }
}

function parse(text: string): unknown {
  if (text.trim() === '') throw new CallFailure('malformed', 'it is empty')
  try {
    return JSON.parse(text)
  } catch {
    throw new CallFailure('malformed', 'it is not JSON')
  }
}

/**
 * The beginning of a reading: until the provider has answered one request, only one is in flight, so that a dead
 * address and a rejected credential cost one call instead of one for each list.
 */
interface Door {
  /** Waits for its turn. Returns whether the request is the one that tries; throws the failure that shut the door. */
  enter(): Promise<boolean>
  /** The provider answered: all requests may go. */
  open(): void
  /** Looks at a failed try. Returns whether no further request can succeed. */
  isFinal(failure: CallFailure, lastTry: boolean): boolean
  /** Makes all other requests fail in the same way, without being sent. */
  shut(failure: CallFailure): void
  /** The request that tried has ended; the next one may try. */
  leave(): void
}

function openDoor(signal: AbortSignal): Door {
  let state: 'closed' | 'open' | CallFailure = 'closed'
  let isTried = false
  const waiting: (() => void)[] = []
  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake()
  }
  signal.addEventListener('abort', wakeAll, { once: true })

  async function enter(): Promise<boolean> {
    signal.throwIfAborted()
    if (state === 'open') return false
    if (state !== 'closed') throw state
    if (!isTried) {
      isTried = true
      return true
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    await promise
    return enter()
  }

  return {
    enter,
    open() {
      state = 'open'
      wakeAll()
    },
    isFinal: (failure, lastTry) => {
      if (state !== 'closed') return false
      if (refusesCredential(failure)) return true
      const isSilent = failure.kind === 'connection' || failure.kind === 'timeout'
      return isSilent && (isNeverSent(failure) || (failure.kind === 'timeout' && lastTry))
    },
    shut(failure) {
      state = failure
      wakeAll()
    },
    leave() {
      isTried = false
      waiting.shift()?.()
    },
  }
}
