import type { CapabilityState } from '../../../shared/domain/connection.ts'
import { commonFault, type ConnectionFault } from '../../../shared/domain/connection-fault.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import { SOURCES, sourceLabel, type SourceName } from '../../../shared/domain/source.ts'
import { openCalls, type Calls, type Access } from './calls.ts'
import { CallFailure } from './errors.ts'
import { forEach } from './for-each.ts'
import { readFirst, type AnyList } from './list.ts'
import { getEnding } from './outcome.ts'
import { WHOLE, type Reach } from './reach.ts'
import { endsReading, toRefusal } from './run.ts'

export interface TestedOrganization {
  /** Null where the provider reports no id. */
  readonly externalId: string | null
  readonly name: string | null
  /** As in an `OrganizationFact`: the ids of its projects then identify the organization. */
  readonly namedByProject?: boolean
  readonly projects?: readonly string[]
}

export interface TestReport {
  readonly organization: TestedOrganization | null
  /** One entry for each thing a sync reads, in order. */
  readonly capabilities: readonly Capability[]
  /** The kind of failure that most of the sources share that cannot be read; null without any. */
  readonly fault: ConnectionFault | null
}

export interface Capability {
  readonly source: SourceName
  readonly state: CapabilityState
  /** Why not, in words an operator can act on; null when readable. */
  readonly reason: string | null
}

/** Tries out what a credential can read: one request for each source. */
export interface Probe {
  readonly calls: Calls
  /** Tries one list and returns its first rows: one, unless more are asked for. Null when it cannot be read. */
  list(source: SourceName, list: AnyList, limit?: number): Promise<readonly unknown[] | null>
  /** Tries a request that is not a list; its answer, or null when it cannot be read. */
  single(source: SourceName, ask: () => Promise<unknown>): Promise<unknown>
  /** Notes the lists that the caller sees in part, as `Run` does: none of them is readable. */
  reach(reach: Reach): void
  /** Records a source that cannot be tried, since there is nothing to try it on. */
  nothing(source: SourceName, reason: string): void
  /** Why there is nothing to try a source on: `reason`, unless the list that it builds on could not be read. */
  whyNothing(parent: SourceName, reason: string): string
  /** Lists that belong to one thing, each to be tried on the one of that id; without one, recorded with the reason. */
  of(id: string | null, reason: string, lists: readonly ListOf[]): readonly (() => Promise<unknown>)[]
  /** Runs several tries side by side. */
  together(tries: readonly (() => Promise<unknown>)[]): Promise<void>
  /** The findings, in the order of the sources. */
  readonly capabilities: readonly Capability[]
  /** The kind of failure that most of them share; null when every one is readable or does not exist. */
  readonly fault: ConnectionFault | null
}

type ListOf = readonly [source: SourceName, listOf: (id: string) => AnyList]

/** The ids of the rows that have one. */
export function getIds(
  rows: readonly unknown[] | null,
  read: (row: unknown) => { readonly id: string | null },
): string[] {
  return (rows ?? []).map((row) => read(row).id).filter((id) => id !== null)
}

const WIDTH = 4

/** A person waits for the answer, so a failure at the second try is reported as it is. */
const TRIES = 2

export function openProbe(provider: ProviderId, access: Access, signal: AbortSignal): Probe {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const calls = openCalls({ ...access, tries: TRIES }, either)
  const found: Capability[] = []
  const faults: ConnectionFault[] = []
  let reach = WHOLE

  async function single(source: SourceName, ask: () => Promise<unknown>): Promise<unknown> {
    try {
      const answer = await ask()
      const partial = reach.partial[source]
      if (partial !== undefined) {
        found.push({ source, state: 'denied', reason: partial })
        faults.push('permission')
        return answer
      }
      found.push({ source, state: 'readable', reason: null })
      return answer
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      if (endsReading(error)) {
        const refused = toRefusal(provider, error)
        stop.abort(refused)
        throw refused
      }
      const { state, reason, fault } = getEnding(error, { provider, source, project: null })
      found.push({ source, state, reason })
      faults.push(fault)
      return null
    }
  }

  async function list(source: SourceName, of: AnyList, limit = 1): Promise<readonly unknown[] | null> {
    const rows = await single(source, () => readFirst(calls, of, limit))
    return Array.isArray(rows) ? rows : null
  }

  function nothing(source: SourceName, reason: string): void {
    found.push({ source, state: 'unavailable', reason })
  }

  function whyNothing(parent: SourceName, reason: string): string {
    const isRead = found.some(({ source, state }) => source === parent && state === 'readable')
    return isRead ? reason : `It builds on ${sourceLabel(parent).toLowerCase()}, which could not be read.`
  }

  return {
    calls,
    single,
    list,
    reach: (known) => {
      reach = known
    },
    nothing,
    whyNothing,
    of: (id, reason, lists) =>
      lists.map(
        ([source, getList]) =>
          async () =>
            id === null ? nothing(source, reason) : list(source, getList(id)),
      ),
    together: (tries) =>
      forEach(tries, access.concurrency ?? WIDTH, async (one) => {
        await one()
      }),
    get capabilities() {
      return found.toSorted((a, b) => SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source))
    },
    get fault() {
      return commonFault(faults)
    },
  }
}
