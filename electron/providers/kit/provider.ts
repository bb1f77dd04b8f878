<<<<<<< HEAD
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Access } from './calls.ts'
import type { TestReport } from './probe.ts'
import type { Sink } from './tally.ts'
import type { ReadUsage } from './usage.ts'
import type { PlannedCall, WritePlan, WriteResult, Wish } from './write.ts'

=======
import type { CapabilityState } from '../../../shared/domain/connection.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import type { ProviderId } from '../../../shared/domain/provider.ts'
import type { SourceName, SourceOutcome, UnfinishedPart } from '../../../shared/domain/source.ts'
import type { Clock } from './clock.ts'
import type { ReadUsage } from './usage.ts'
import type { PlannedCall, WritePlan, WriteResult, Wish } from './write.ts'

/** How to reach one organization. The credential lives in memory only as long as the call. */
export interface Access {
  readonly credential: string
  /** Overrides the vendor's address, for proxies and tests. */
  readonly baseUrl: string | null
  /** The file that stands in for an API, from the root on. */
  readonly path?: string | null
  /** Requests in flight at once; 4 unless told. */
  readonly concurrency?: number
  /**
   * Upper bound of one wait between tries, in milliseconds; 60,000 unless told. Where the provider asks for a longer
   * wait, the source fails at once and says so: coming back earlier than asked only prolongs the block.
   */
  readonly maxRetryDelayMs?: number
  /**
   * How often one request is sent at most; 6 unless told. A time-out counts double: it took half a minute already. Without
   * it, a request that the provider refuses as one too many is sent again for as long as the reading has patience.
   */
  readonly tries?: number
  /** What time it is, and how to wait; the machine's own unless told. */
  readonly clock?: Clock
  /** Called when requests are held back since the provider limits them, with the wait in milliseconds from now. */
  readonly onWait?: (ms: number) => void
  /** Parts of the last reading that were not read to their end; this one begins with them. */
  readonly unfinished?: readonly UnfinishedPart[]
  /** Called for every request sent, further tries included. */
  readonly onRequest?: () => void
}

/** Where an adapter puts what it reads. Calls may interleave between sources, never within one. */
export interface Sink {
  /** A source is about to be read. */
  begin(source: SourceName, project: string | null): void
  /** Facts of one page. `fetched` and `expected` count rows of the source so far. */
  facts(
    source: SourceName,
    project: string | null,
    facts: readonly Fact[],
    fetched: number,
    expected: number | null,
  ): void
  /** The source ended, in whatever state. Exactly one call for each `begin`. */
  end(outcome: SourceOutcome): void
}

export interface TestedOrganization {
  /** Null where the provider reports no id. */
  readonly externalId: string | null
  readonly name: string | null
  /** As of an `OrganizationFact`: the ids of its projects then say which organization it is. */
  readonly namedByProject?: boolean
  readonly projects?: readonly string[]
}

export interface TestReport {
  readonly organization: TestedOrganization | null
  /** One entry for each thing a sync reads, in order. */
  readonly capabilities: readonly Capability[]
}

export interface Capability {
  readonly source: SourceName
  readonly state: CapabilityState
  /** Why not, in words an operator can act on; null when readable. */
  readonly reason: string | null
}

/** Thrown when the credential itself is refused (401): nothing can be read, so nothing is concluded. */
export class CredentialRefused extends Error {
  override readonly name = 'CredentialRefused'
}

/**
 * Thrown when every list answered 404, or all of them together do not end, so that the base URL leads elsewhere: nothing is
 * concluded.
 */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

/** Thrown when what a file says cannot be taken in: nothing is concluded. Its message is fit for people. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
}

>>>>>>> wt-domain
/**
 * One AI provider: a folder of its own and a line in `registry.ts`.
 *
 * `read` never throws for what a provider answers: each source ends with an outcome. It throws `CredentialRefused`
 * when the credential is refused outright, `FileRefused` when a file is, `AddressRefused` when the base URL leads nowhere, and the signal's reason when cancelled (after ending open sources).
 */
export interface Provider {
  readonly id: ProviderId
  test(access: Access, signal: AbortSignal): Promise<TestReport>
  read(access: Access, sink: Sink, signal: AbortSignal): Promise<void>
  /** Reads costs and usage of some days. It never throws for what a provider answers, except `CredentialRefused`. */
  readonly usage: ReadUsage
  /** The request that would carry a wish out, or how to do it by hand. Sends nothing and needs no credential. */
  plan(wish: Wish, baseUrl: string | null): Promise<WritePlan>
  /**
   * Sends the planned request, once. It never throws for what a provider answers. Throws when the wish has no request, or
   * when the request would differ from the planned one, before anything is sent.
   */
  write(access: Access, wish: Wish, planned: PlannedCall, signal: AbortSignal): Promise<WriteResult>
}
