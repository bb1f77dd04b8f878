import type { Batch, PlacedBatch, StoredBlob } from '../../shared/team/batch.ts'

/** A log as the server shows it to a login. Everything is the server's word. */
export interface ServerLog {
  readonly log: string
  readonly next: number
  readonly head: Uint8Array
  /** The head of its newest card. */
  readonly card: Uint8Array | null
  /** The keys for this login, sealed to its device: all generations of the newest card; null where there is no row. */
  readonly wrap: Uint8Array | null
}

export interface Heads {
  /** Those that changed since the cursor, or all without one. */
  readonly logs: readonly ServerLog[]
  readonly cursor: string
  /** The name that the database was given when it was set up. */
  readonly server: string
  /** True while devices fill what the server lost: it appends nothing. */
  readonly restoring: boolean
  /** Milliseconds, by the server's clock. */
  readonly now: number
}

/** What a login may do in a log: 1 read, 2 append, 3 lead. */
export type Level = 1 | 2 | 3

/** What goes with a card: the rights of logins and the wrapped keys, in one transaction with it. */
export interface Rights {
  readonly logins: readonly { readonly login: string; readonly level: Level; readonly wrap: Uint8Array }[]
  readonly approvals: boolean
}

/** The answer to an append. `head`: that of the log now, computed by the server. */
export interface Appended {
  readonly outcome:
    | 'placed'
    | 'overtaken'
    | 'other-card'
    | 'no-right'
    | 'no-room'
    | 'blob-missing'
    | 'added-before'
    | 'not-approved'
    | 'restoring'
  readonly head: Uint8Array | null
  readonly placedAt: number | null
}

/** A job that one device does at a time, such as to read a connection, by its uid in the log of its client. */
export interface Turn {
  readonly log: string
  readonly job: string
}

/** A device that asks to be enrolled, as the server keeps it. `mac` is under the secret of the invite. */
export interface StoredKnock {
  readonly invite: string
  readonly login: string
  readonly device: string
  readonly signKey: Uint8Array
  readonly boxKey: Uint8Array
  readonly mac: Uint8Array
  /** Why an owner's device refused it, in words of `KNOCK_WORDS`; null while it was not answered. */
  readonly refused: string | null
}

/**
 * The server of a team as one login sees it: it orders and stores, and is not trusted. Every call may throw `TeamServerError`.
 */
export interface TeamServer {
  heads(since: string | null): Promise<Heads>
  /** Batches from a position on, in order, at most 4 MiB together and at least one where there is one. */
  read(log: string, from: number): Promise<readonly PlacedBatch[]>
  /** Positions and heads from a position on, as the server has them, at most 10,000: to find where two histories part. */
  readHeads(log: string, from: number): Promise<readonly { readonly at: number; readonly head: Uint8Array }[]>
  /** The batches of class `card` from a position on: what a device follows of a log that it does not hold. */
  readCards(log: string, from: number): Promise<readonly PlacedBatch[]>
  /** Places one batch. `blobs`: the addresses that its operations name. `rights`: with a card, and only then. */
  append(batch: Batch, blobs: readonly Uint8Array[], rights: Rights | null): Promise<Appended>
  /**
   * Restores batches that the server lost, exactly as they were: position and head have to fit. Cards by owners only. It gives no right.
   * The first that finds a log shorter than it holds makes the server `restoring`.
   */
  refill(batches: readonly PlacedBatch[]): Promise<'filled' | 'does-not-fit'>
  /** Ends `restoring`; an owner's login, or any after ten minutes. */
  goOn(): Promise<void>
  /** Removes the batches of a log from a position on, where an owner chose another history. Owners only. */
  cut(log: string, from: number): Promise<void>
  /** Sets rights and wraps as the newest card has them, after a refill. Owners and leads. */
  setRights(log: string, rights: Rights): Promise<void>
  /** Of all logs that the login leads: which logins have which level, and have a wrap. */
  listRights(): Promise<
    readonly { readonly log: string; readonly login: string; readonly level: Level; readonly hasWrap: boolean }[]
  >
  putBlobs(log: string, blobs: readonly StoredBlob[]): Promise<void>
  getBlobs(log: string, addresses: readonly Uint8Array[]): Promise<readonly StoredBlob[]>
  lackBlobs(log: string, addresses: readonly Uint8Array[]): Promise<readonly Uint8Array[]>
  /** Takes those turns that are free and due, or also not due with `early`, or this device's own, until `minutes` from now. */
  takeTurns(turns: readonly Turn[], minutes: number, early: boolean): Promise<readonly Turn[]>
  /** Gives a turn back; it is due again at `due` (milliseconds). */
  giveTurn(turn: Turn, due: number): Promise<void>
  /** Who has the turns of a log now, and until when. */
  listTurns(
    log: string,
  ): Promise<
    readonly (Turn & { readonly holder: string | null; readonly until: number | null; readonly due: number })[]
  >
  knock(knock: Omit<StoredKnock, 'refused'>): Promise<void>
  listKnocks(): Promise<readonly StoredKnock[]>
  /** Removes the knock of an invite; with a reason, keeps it as refused. */
  answerKnock(invite: string, refused: string | null): Promise<void>
  /** Makes a login of this team for a device that an invite names. `until`: when its password ends (milliseconds). Owners only. */
  admit(login: NewLogin): Promise<void>
  /** Replaces the password of this device's own login by a SCRAM verifier. Its end falls away with the first right that the login gets. */
  setPassword(verifier: string): Promise<void>
  /** Ends a login: its rights, the login and its sessions. Owners; a member for the logins of their own devices. */
  shut(login: string): Promise<void>
  /** Takes rights in a log away from a login: leads. */
  lower(log: string, login: string): Promise<void>
  /** Gives a login bytes that it may still store. Owners only. */
  giveRoom(login: string, bytes: number): Promise<void>
  /** The logins of the team with what is left of their room, and their wait for locks. Owners only. */
  listLogins(): Promise<
    readonly {
      readonly login: string
      readonly device: string
      readonly member: string
      readonly owner: boolean
      readonly room: number
      readonly until: number | null
    }[]
  >
  /** The figures of clients for those who do not hold them: one bounded row each, unsigned. */
  putFigures(
    figures: readonly { readonly log: string; readonly sealed: Uint8Array; readonly at: number }[],
  ): Promise<void>
  getFigures(
    logs: readonly string[],
  ): Promise<
    readonly { readonly log: string; readonly sealed: Uint8Array; readonly at: number; readonly device: string }[]
  >
  /**
   * Calls back when a log changed, with no content. `isHeard`: false where notices do not arrive, as behind a pooler, so the caller asks each
   * minute. Reconnects by itself; `onNotice` is called after each connect.
   */
  listen(onNotice: () => void): Promise<{ readonly isHeard: boolean; readonly close: () => Promise<void> }>
  /** After `append` placed something: notifies the others, in a statement of its own. */
  notify(logs: readonly string[]): Promise<void>
  close(): Promise<void>
}

export interface NewLogin {
  readonly login: string
  readonly device: string
  readonly member: string
  readonly owner: boolean
  /** SCRAM-SHA-256 verifier (RFC 5803). */
  readonly verifier: string
  readonly until: number | null
}

/** Where a server is, and the login of a device. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  /** PEM; null where the system knows it. */
  readonly authority: string | null
  readonly login: string
  readonly password: string
}

export type TeamServerProblem =
  | 'offline'
  | 'slow'
  | 'full'
  | 'no-connections'
  | 'read-only'
  | 'no-tls'
  | 'old-certificate'
  | 'other-certificate'
  | 'other-login'
  | 'not-allowed'
  | 'held'
  | 'not-set-up'
  | 'not-empty'
  | 'other-version'
  | 'clear-password'
  | 'refused'

/** The server cannot be used as asked. The message is for people: what is wrong, where, what to do. */
export class TeamServerError extends Error {
  override readonly name = 'TeamServerError'
  readonly problem: TeamServerProblem

  constructor(problem: TeamServerProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}
