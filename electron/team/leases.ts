import type { Entry } from '../../shared/team/entry.ts'

/** Work that one device does at a time, such as reading a provider's connection. */
export interface Job {
  /** The stream that the work appends to. */
  readonly stream: string
  /** Its name, a UUID. */
  readonly job: string
}

/** A job that a login has for a time. Each one who takes it has a higher token. */
export interface Lease extends Job {
  readonly token: number
}

/** `overtaken`: a position is taken: pull, then try again. `lease-ended`: nothing was placed, and nothing will be. */
export type PushedUnderLease = 'placed' | 'overtaken' | 'lease-ended'

/** The most jobs that one call returns. */
export const MOST_LEASES = 8

/**
 * Jobs that devices do one after another. Times are by the server's clock, so a device with another clock takes nothing early. A
 * login that may append to the stream may take them; while one has a job, no other login changes it. Every call may throw
 * `TeamLogError`.
 */
export interface TeamLeases {
  /** Adds jobs, due now; those that are there are kept as they are. */
  addJobs(jobs: readonly Job[]): Promise<void>
  /**
   * Takes up to `MOST_LEASES` of these jobs that are due and that no login has, the longest due first, for some milliseconds.
   * `early`: also those that are not due yet.
   */
  takeLeases(jobs: readonly Job[], ms: number, early?: boolean): Promise<readonly Lease[]>
  /** Has the job for some milliseconds from now on. False when the lease ended before. */
  renewLease(lease: Lease, ms: number): Promise<boolean>
  /** Gives the job back, due after some milliseconds. False when another login has taken it. */
  finishLease(lease: Lease, dueIn: number): Promise<boolean>
  /**
   * Places entries of one stream as `push` does, if the lease holds: a device that slept through its lease places nothing.
   */
  pushUnderLease(
    entries: readonly Entry[],
    lease: Lease,
    notePlaced?: (placedAt: number) => void,
  ): Promise<PushedUnderLease>
}
