import type { EventFact } from '../../../shared/domain/events/event.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { USAGE_BOUNDS } from './bounds.ts'
import { openCalls, type Access, type Calls } from './calls.ts'
import { CallFailure } from './errors.ts'
import type { LogSpan, OpenLog } from './open-log.ts'
import { nextCursor, readPage, type List } from './list.ts'
import type { Run } from './run.ts'
import type { Reading } from './tally.ts'

/** One row of a log, read. */
export interface EventReading {
  /** Null when it has no id and cannot be kept. */
  readonly id: string | null
  /** Null where it is not kept: `left` states why, or is null where it is not about access. */
  readonly event: EventFact | null
  readonly left: string | null
}

/** A provider's log, newest events first. */
export interface ProviderLog {
  list(span: LogSpan): List
  read(row: unknown): EventReading
  /** Throws `CallFailure` of kind `unfounded` where the log is off, or where it is not known whose it is. */
  check?(calls: Calls): Promise<void>
}

/** Pages in a row that bring nothing new, as with the lists of access. */
const IDLE_PAGES = 10

/** A log that is off is refused in the same words as one that the credential may not read. */
const UNREADABLE: ReadonlySet<number> = new Set([400, 401, 403, 404])

/**
 * Reads a provider's log as the last source of a reading, where the log of the connection is open. Each span is read
 * from its newest event to its oldest; where a reading fails or is killed, the next one continues at the last part that
 * was stored. Nothing is concluded from a log that cannot be read.
 */
export async function readLog(run: Run, access: Access, log: ProviderLog, signal: AbortSignal): Promise<void> {
  const store = access.openLog?.() ?? null
  if (store === null) return
  await run.source('audit-log', null, async (tally) => {
    // A log may be as long as the organization is old; its spans have the bounds of lists.
    const calls = openCalls(access, signal, USAGE_BOUNDS)
    try {
      await log.check?.(calls)
      await run.each(store.spans, (span) =>
        readSpan({ calls, log, store, span }, (readings) => {
          let at = 0
          tally.take(readings, () => toCounted(readings[at++]))
        }),
      )
    } catch (error) {
      store.flush()
      throw toUnreadable(error, providerName(run.provider))
    }
    if (!store.finish()) {
      throw new CallFailure(
        'unfounded',
        `${providerName(run.provider)} has no event in its audit log: it is off, or nothing was recorded so far. Nothing is concluded from it.`,
      )
    }
  })
}

/** Nothing is ended by what a log leaves out. */
function toCounted(reading: EventReading | undefined): Reading {
  const left = reading?.left ?? null
  return { id: reading?.id ?? null, facts: [], left: left === null ? [] : [{ harmless: left }] }
}

function toUnreadable(error: unknown, provider: string): unknown {
  if (!(error instanceof CallFailure) || error.status === null || !UNREADABLE.has(error.status)) return error
  const said = error.said === null ? '' : ` ${provider} says: ${error.said}`
  return new CallFailure(
    'unfounded',
    `${provider} does not answer its audit log to this credential (${error.status}): the log is off, or the credential may not read it. Nothing is concluded from it.${said}`,
    // Counts with the lists: where all answer 404, the address is wrong.
    error.status === 404 ? { status: 404 } : {},
  )
}

interface SpanReading {
  readonly calls: Calls
  readonly log: ProviderLog
  readonly store: OpenLog
  readonly span: LogSpan
}

type CountRows = (readings: readonly EventReading[]) => void

async function readSpan(reading: SpanReading, count: CountRows): Promise<void> {
  const { span } = reading
  try {
    await readFrom(reading, count)
  } catch (error) {
    if (span.position === null || !isLostPlace(error)) throw error
    await readFrom({ ...reading, span: { ...span, position: null } }, count)
  }
}

/** The provider no longer knows a place in its log: the span is read as a whole. */
function isLostPlace(error: unknown): boolean {
  return error instanceof CallFailure && (error.status === 400 || error.status === 404)
}

async function readFrom({ calls, log, store, span }: SpanReading, count: CountRows): Promise<void> {
  const pages = calls.openList()
  const list = log.list(span)
  const seen = new Set<string>()
  const cursors = new Set<string>()
  let position = span.position
  for (let idle = 0; idle < IDLE_PAGES;) {
    const cursor = position
    const body = readPage(await pages.json((options) => list.send({ limit: list.limit, cursor }, options), list.route))
    pages.count(body.data.length)
    const readings = body.data.map((row) => log.read(row))
    count(readings)
    idle += 1
    const events: EventFact[] = []
    for (const { id, event } of readings) {
      if (id === null || seen.has(id)) continue
      seen.add(id)
      idle = 0
      if (event !== null) events.push(event)
    }
    const next = nextCursor(list, body)
    const repeats = next !== null && cursors.has(next)
    store.take(span, { events, position: repeats ? cursor : next, isEnd: next === null })
    if (next === null) return
    if (repeats) throw new CallFailure('paging', 'its pages repeat without end')
    cursors.add(next)
    position = next
  }
  throw new CallFailure('paging', `${IDLE_PAGES} pages in a row brought nothing new, but it reports more pages`)
}
