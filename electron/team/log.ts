import type { Knock, SummaryPlace } from './crypto.ts'
import type { Entry, StoredEntry } from '../../shared/team/entry.ts'
import type { StoredBlob } from './blob.ts'
import type { TeamLeases } from './leases.ts'

/** The newest entry of a stream without its sealed bytes, which its signature covers. */
export type Newest = Omit<Entry, 'sealed'>

/** Keys for one device, as the server keeps them. `scope`: the client, or the stream `team`. */
export interface Wrap {
  readonly scope: string
  readonly device: string
  readonly generation: number
  /** Of the newest key in it: two owners may make the same generation, and one of them takes effect. 32 bytes in hex. */
  readonly commitment: string
  readonly sealed: Uint8Array
}

/** The figures of a client for those who do not hold it, as the server keeps them: one row for each client, which the next replaces. */
export interface StoredSummary extends SummaryPlace {
  readonly device: string
  readonly sealed: Uint8Array
  readonly signature: Uint8Array
}

/**
 * The server of a team as one login sees it: it orders and stores, and is not trusted. Every call may throw `TeamLogError`.
 */
export interface TeamLog extends TeamLeases {
  /**
   * The name that the database was given when it was set up; `team` has the one that it uses. `noteTime` gets the time by the
   * server's clock, in milliseconds, of the same answer.
   */
  server(noteTime?: (time: number) => void): Promise<string>
  /** The newest entry of each stream in sight that has entries, in one answer: what changed since is read, and nothing else. */
  heads(): Promise<ReadonlyMap<string, Newest>>
  /**
   * Entries from a position on, in order, at least one where there is one and at most `most`; one answer has at most
   * `MOST_TOGETHER_BYTES`. None for a stream that the login may not read.
   */
  pull(stream: string, from: number, most: number): Promise<readonly StoredEntry[]>
  /**
   * Places entries of one stream, all or none. `overtaken`: a position is taken: pull, then try again. `notePlaced` gets the time at which
   * they were placed, by the server's clock, in milliseconds.
   */
  push(entries: readonly Entry[], notePlaced?: (placedAt: number) => void): Promise<'placed' | 'overtaken'>
  /** Stores blobs of a stream; one whose address is there already is kept as it is. At most `MOST_BLOB_BYTES` together. */
  putBlobs(stream: string, blobs: readonly StoredBlob[]): Promise<void>
  /**
   * The first of these blobs, in their order, that have at most `MOST_BLOB_BYTES` together; none of a stream that the login
   * may not read. Those that the server does not have are left out.
   */
  getBlobs(stream: string, addresses: readonly Uint8Array[]): Promise<readonly StoredBlob[]>
  /** Which of these blobs the server does not have. */
  lackBlobs(stream: string, addresses: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
  /** The summaries of these clients, as far as the login may read them and the server has one. */
  summaries(clients: readonly string[]): Promise<readonly StoredSummary[]>
  /** Stores summaries in place of those that the server has; of clients to whose stream the login may not append, none. */
  putSummaries(summaries: readonly StoredSummary[]): Promise<void>
  /** The wraps for a device in sight, the newest generation of each scope last. */
  wraps(device: string): Promise<readonly Wrap[]>
  /** Asks to be enrolled, under a login that an invite named. */
  knock(knock: StoredKnock): Promise<void>
  close(): Promise<void>
}

/** A device that asks to be enrolled, as the server keeps it. `mac` is under the secret of the invite. */
export interface StoredKnock extends Omit<Knock, 'root'> {
  readonly mac: Uint8Array
}

/** What a login may do with a stream. A `lead` also gives its keys to others, and access with them. */
export type Access = 'read' | 'append' | 'lead'

export interface ServedStream {
  readonly generation: number
  /** The member's login that opened it and may take access to it; null once an owner's device has looked at it. */
  readonly openedBy: string | null
  readonly access: ReadonlyMap<string, Access>
}

/** Those of the two roles that a login may be a member of. */
export type LoginRights = 'member' | 'owner'

/**
 * What the signed history decided, carried out on the server: by an owner's login, and where it is noted by that of a lead or of any
 * member.
 */
export interface TeamAdministration {
  /**
   * The streams of the server, each with the generation that it accepts and the access of each login. For a member's login those in
   * its sight, with its own access.
   */
  listStreams(): Promise<ReadonlyMap<string, ServedStream>>
  /** The devices that a key is wrapped for, by its commitment, each with the login that wrapped it. */
  listWraps(scope: string, commitment: string): Promise<readonly { readonly device: string; readonly madeBy: string }[]>
  addStream(stream: string, generation: number): Promise<void>
  /** Adds a stream of which this login is a lead: any member's may. One that is there already stays as it is. */
  openStream(stream: string): Promise<void>
  /** From here on, only owners decide who has access to a stream that a member opened. */
  adoptStream(stream: string): Promise<void>
  /** From then on, pushes have to be sealed with this generation. */
  setGeneration(stream: string, generation: number): Promise<void>
  /** Null: no access. */
  setAccess(stream: string, login: string, access: Access | null): Promise<void>
  /** Gives logins access that they have not; a lead's login may. What they have stays. */
  giveAccess(stream: string, given: ReadonlyMap<string, Access>): Promise<void>
  /** The first devices that asked to be enrolled and are not answered yet; one for each login. */
  listKnocks(): Promise<readonly StoredKnock[]>
  removeKnock(invite: string): Promise<void>
  /** A lead's login may, for its client. */
  addWraps(wraps: readonly Wrap[]): Promise<void>
  /**
   * Gives logins of the server the rights that they should have; null: it should not connect any more. Logins that are not
   * there are left out. Returns the statements that this login may not run, for an administrator of the database: what a
   * former login saw has ended with its access. Among them is one for each other login that has the rights of an owner, but for those
   * that were just `invited`.
   */
  alignLogins(wanted: ReadonlyMap<string, LoginRights | null>, invited: ReadonlySet<string>): Promise<readonly string[]>
}

export type TeamLogProblem =
  | 'offline'
  | 'slow'
  | 'no-tls'
  | 'old-certificate'
  | 'other-certificate'
  | 'other-login'
  | 'not-allowed'
  | 'held'
  | 'no-log'
  | 'not-empty'
  | 'other-version'
  | 'other-server'
  | 'refused'

/** The server cannot be used as asked. The message is for people: what is wrong, where, what to do. */
export class TeamLogError extends Error {
  override readonly name = 'TeamLogError'
  readonly problem: TeamLogProblem

  constructor(problem: TeamLogProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
