import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Access } from './calls.ts'
import type { Coverage } from './coverage.ts'
import type { TestReport } from './probe.ts'
import type { Sink } from './tally.ts'
import type { ReadUsage } from './usage.ts'
import type { PlannedCall, WritePlan, WriteResult, ChangeRequest } from './write.ts'

/**
 * One AI provider: a folder of its own and a line in `registry.ts`.
 *
 * `read` never throws for what a provider answers: each source ends with an outcome. It throws `CredentialRefused`
 * when the credential is refused outright, `FileRefused` when a file is, `AddressRefused` when the base URL leads nowhere, and the signal's reason when cancelled (after ending open sources).
 */
export interface Provider {
  readonly id: ProviderId
  /** The offer of its API, and the lists of it that are read. `platform`: the one that a file describes. */
  coverage(platform: string | null): Coverage
  test(access: Access, signal: AbortSignal): Promise<TestReport>
  read(access: Access, sink: Sink, signal: AbortSignal): Promise<void>
  /** Reads costs and usage of some days. It never throws for what a provider answers, except `CredentialRefused`. */
  readonly usage: ReadUsage
  /** The request that would apply a change, or its manual steps. Sends nothing and needs no credential. */
  plan(request: ChangeRequest, baseUrl: string | null): Promise<WritePlan>
  /**
   * Sends the planned request, once. It never throws for what a provider answers. Throws when the change has no
   * request, or when the request would differ from the planned one, before anything is sent.
   */
  write(access: Access, request: ChangeRequest, planned: PlannedCall, signal: AbortSignal): Promise<WriteResult>
}
