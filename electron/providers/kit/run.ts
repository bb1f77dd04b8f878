import { providerName, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import { sourceLabel, type SourceName, type SourceOutcome } from '../../../shared/domain/source.ts'
import { openCalls, type Calls, type Access } from './calls.ts'
import { CallFailure, AddressRefused, CredentialRefused, ProviderUnreached, ReadingRefused } from './errors.ts'
import { forEach } from './for-each.ts'
import { readList, type AnyList } from './list.ts'
import { openOnce, openTally, type Reading, type Sink, type Tally } from './tally.ts'
import { WHOLE, type Reach } from './reach.ts'
import { endingFor, findFault, getEnding, refusesCredential } from './outcome.ts'

/** One reading of one organization: its request queue, its sink, and how it stops as a whole. */
export interface Run {
  readonly provider: ProviderId
  readonly calls: Calls
  /**
   * Reads one source and ends it exactly once, whatever happens. Returns whether it is complete. Throws only what ends
   * the whole reading: the operator's cancel, a refused credential, a provider that does not answer at all, or a defect
   * of ours.
   */
  source(name: SourceName, project: string | null, body: (tally: Tally) => Promise<void>): Promise<boolean>
  /** Gives all rows of a list to the tally of its source. */
  take(tally: Tally, list: AnyList, read: (row: unknown) => Reading): Promise<void>
  /** Reads one source that is one list. */
  list(name: SourceName, project: string | null, list: AnyList, read: (row: unknown) => Reading): Promise<boolean>
  /**
   * Throws unless these lists of the organization (null) or of a project were read to their end. A source that asks
   * about each thing of another list calls it last: what it read is kept, but it is not complete.
   */
  builtOn(project: string | null, ...names: readonly SourceName[]): void
  /** True if a list of the organization was read to its end. */
  isComplete(name: SourceName): boolean
  /** States what the caller sees, before the lists are read whose answer depends on it. */
  reach(reach: Reach): void
  /** Reads several sources side by side; a failure that ends the reading stops them all. */
  together(sources: readonly (() => Promise<unknown>)[]): Promise<void>
  /** Projects or workspaces by their ids; those that the last reading left unread in part come first. */
  unfinishedFirst<T>(items: readonly T[], getId: (item: T) => string): readonly T[]
  /** Throws `AddressRefused` when every list so far answered 404. */
  checkAddress(): void
  /** Requests for each of several things within one source. */
  each<T>(items: readonly T[], one: (item: T) => Promise<void>): Promise<void>
}

const WIDTH = 4

export function openRun(provider: ProviderId, access: Access, sink: Sink, signal: AbortSignal): Run {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const calls = openCalls(access, either)
  const once = openOnce()
  const complete = new Set<string>()
  let reach = WHOLE
  const width = access.concurrency ?? WIDTH
  const unfinished = new Set(access.unfinished?.map(({ project }) => project))
  let ended = 0
  let notFound = 0

  async function source(
    name: SourceName,
    project: string | null,
    body: (tally: Tally) => Promise<void>,
  ): Promise<boolean> {
    either.throwIfAborted()
    sink.begin(name, project)
    const tally = openTally(sink, once, name, project)
    const end = (state: SourceOutcome['state'], reason: string | null, fault: SourceOutcome['fault'] = null): void => {
      ended += 1
      const { fetched, excluded } = tally
      sink.end({ source: name, project, state, expected: null, fetched, excluded, reason, fault })
    }
    try {
      await body(tally)
      if (tally.unknown !== null) throw unknownForm(tally.unknown)
      const partial = reach.partial[name]
      if (partial !== undefined) throw new CallFailure('partial', partial)
      either.throwIfAborted()
    } catch (thrown) {
      // Rows that cannot be read cannot be compared either, so that their pages seem to overlap.
      const error = isPaging(thrown) && tally.unknown !== null ? unknownForm(tally.unknown) : thrown
      if (signal.aborted) {
        end('cancelled', 'Stopped by the operator. Earlier data is kept.')
        throw signal.reason
      }
      if (either.aborted) {
        const refused = stop.signal.reason instanceof CredentialRefused
        end(refused ? 'denied' : 'failed', 'The sync of this source stopped because another source failed.')
        throw stop.signal.reason
      }
      if (error instanceof CallFailure && !endsReading(error)) {
        if (error.status === 404) notFound += 1
        const { state, reason, fault } = getEnding(error, { provider, source: name, project })
        end(state, reason, fault)
        return false
      }
      const fatal = error instanceof CallFailure ? toRefusal(provider, error) : error
      stop.abort(fatal)
      const state = fatal instanceof CredentialRefused ? 'denied' : 'failed'
      if (fatal instanceof ReadingRefused) end(state, fatal.message, fatal.fault)
      else end(state, 'An unexpected error in Castellan stopped the reading.', 'other')
      throw fatal
    }
    end('complete', null)
    complete.add(getPlace(project, name))
    return true
  }

  const take: Run['take'] = (tally, list, read) => {
    const listed = new Set<string>()
    return readList(calls, list, (rows) => tally.take(rows, read, listed))
  }

  const together: Run['together'] = (sources) =>
    forEach(sources, width, async (one) => {
      await one()
    })

  function builtOn(project: string | null, ...names: readonly SourceName[]): void {
    const missing = names.filter((name) => !complete.has(getPlace(project, name))).map((name) => sourceLabel(name))
    if (missing.length === 0) return
    throw new CallFailure('unfounded', `It builds on what could not be read to the end: ${missing.join(', ')}.`)
  }

  return {
    provider,
    calls,
    source,
    take,
    list: (name, project, list, read) => source(name, project, (tally) => take(tally, list, read)),
    builtOn,
    reach: (known) => {
      reach = known
    },
    isComplete: (name) => complete.has(getPlace(null, name)),
    together,
    unfinishedFirst: (items, getId) =>
      items.toSorted((a, b) => Number(unfinished.has(getId(b))) - Number(unfinished.has(getId(a)))),
    checkAddress: () => {
      if (ended > 0 && notFound === ended) throw new AddressRefused(addressRefusal(provider))
    },
    each: (items, one) => forEach(items, width, one),
  }
}

function unknownForm(reason: string): CallFailure {
  return new CallFailure('unknown', `${reason} Earlier data is kept. Update Castellan if it stays.`)
}

function isPaging(error: unknown): boolean {
  return error instanceof CallFailure && error.kind === 'paging'
}

/** True if a failure of one request ends the whole reading. */
export function endsReading(failure: CallFailure): boolean {
  return failure.kind === 'endless' || failure.unreached || refusesCredential(failure)
}

/** Why the whole reading ended by the failure of one request. */
export function toRefusal(provider: ProviderId, failure: CallFailure): ReadingRefused {
  if (failure.unreached) {
    const { reason } = endingFor(failure, { provider, what: 'the first request', mayBeMissing: false })
    return new ProviderUnreached(reason, findFault(failure))
  }
  if (failure.kind !== 'endless') return new CredentialRefused(refusal(provider, failure))
  return new AddressRefused(
    `${providerName(provider)} sent answers that cannot be used: ${failure.message}. Check the base URL of the connection, then sync again. Earlier data is kept.`,
  )
}

function addressRefusal(provider: ProviderId): string {
  return `${providerName(provider)} answered 404 to every list: is the base URL right? Correct it in the connection, then sync again. Earlier data is kept.`
}

function getPlace(project: string | null, name: SourceName): string {
  return JSON.stringify([project, name])
}

/** The message about a credential that the provider refuses. */
export function refusal(provider: ProviderId, failure: CallFailure): string {
  const says = failure.said === null ? '' : ` ${providerName(provider)} says: ${failure.said}`
  return `${providerName(provider)} rejected the credential (401). Replace it with a valid one.${says}`
}
