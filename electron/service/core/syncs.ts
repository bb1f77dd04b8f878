import type { SyncSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import type { Access } from '../../providers/kit/calls.ts'
import { ReadingRefused } from '../../providers/kit/errors.ts'
import type { Provider } from '../../providers/kit/provider.ts'
import type { Register } from '../../register/register.ts'
import type { SyncEnded } from '../log/profile-log.ts'

/** Runs syncs side by side, one at a time for each connection. */
export interface SyncRunner {
  /** How the sync ended; null when the connection is syncing already. The promise never rejects. */
  start(job: SyncJob): Promise<SyncEnded> | null
  cancel(connectionId: number): boolean
  running(): boolean
  /** The state of every sync under way and of those that ended since the last one began, then each change. */
  watch(follow: boolean, signal: AbortSignal | undefined): AsyncGenerator<SyncProgress[]>
  /** Cancels everything, waits for it to end, and forgets it. */
  stop(): Promise<void>
}

/** The needs of one sync; the credential lives no longer than the run. */
export interface SyncJob {
  readonly connectionId: number
  readonly provider: Provider
  readonly access: Access
  readonly register: Register
  readonly operator: string
  /** True if the credential is the stored one, so that the result shows something about it. */
  readonly isStored: boolean
  /** Null for a profile without a team. */
  readonly lease: ReadingLease | null
  /** When the connection is due again after a sync with this result, in milliseconds. */
  readonly dueIn: (summary: SyncSummary | null) => number
}

/** The right to read a connection for the team, which one device has at a time. */
export interface ReadingLease {
  /** The turn under which its reading is placed. */
  readonly turn: { readonly job: string }
  /** Null while it holds, by the clock of the team's server; else why it does not, or whether that is unknown, in words. */
  confirm(): Promise<string | null>
  /** Gives it back once what was read is placed; the connection is due after some milliseconds. Never rejects. */
  end(dueIn: number): Promise<void>
}

/** Another device may have read the connection meanwhile: what was read here is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** Why a sync stopped, in words. */
export function getReason(error: unknown): string {
  if (error instanceof ReadingRefused || error instanceof LeaseLost) return error.message
  return error instanceof Error ? `The sync stopped: ${error.message}` : 'The sync stopped for an unknown reason.'
}
