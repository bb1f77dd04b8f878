import type { Area } from '../../../shared/contract/app.ts'
import { type Day, toLocalDay, type Moment } from '../../../shared/domain/day.ts'
import type { WrittenAction } from '../../../shared/decisions/records.ts'
import { nearest } from '../../../shared/domain/plans/check/names.ts'
import { clientId, clientSlugs } from '../../register/clients/slug.ts'
import { evaluateStale } from '../../register/findings/evaluate.ts'
import type { Reader, Writer } from '../../register/db/handles.ts'
import { journal, journalAll, type JournalEntry } from '../../register/db/journal.ts'
import type { Register } from '../../register/register.ts'
import { readMemberName } from '../../register/team/place.ts'
import type { Events } from '../kit/events.ts'
import type { ServiceHost } from '../kit/host.ts'
import type { Clock } from '../../providers/kit/clock.ts'
import type { TeamServers } from '../../team/postgres/servers.ts'
import type { SaveTargets } from './save-targets.ts'
import type { Installation } from '../kit/installation.ts'
import type { Lists } from '../kit/lists.ts'
import type { Lock } from './lock.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { lockedRefusal, type Session } from './session.ts'
import type { SyncRunner } from './syncs.ts'

/** The context of every use case. */
export interface Context {
  readonly host: ServiceHost
  readonly now: () => number
  /** How calls to providers wait; by default the machine's clock. */
  readonly clock: Clock | undefined
  /** How servers of teams are reached; by default PostgreSQL. */
  readonly teamServers: TeamServers | undefined
  /** How many clients of a team an owner's or auditor's device holds without being asked; by default `MOST_HELD_UNASKED`. */
  readonly mostHeldUnasked: number | undefined
  /** From which package this program runs; by default as it is found. */
  readonly installation: Installation | undefined
  readonly events: Events
  readonly lists: Lists
  /** From how many rows on the order of a list is worked out in a thread of its own; of an import, from a tenth of that. */
  readonly asideFrom: number
  /** The answers of people in the desktop's dialog that were not written yet. */
  readonly targets: SaveTargets
  readonly syncs: SyncRunner
  /** Slug of the one client that operations are limited to; null: all. */
  readonly client: string | null
  /** The profile that is open at this moment; it changes when the sample is opened or left. */
  session(): Session
  /** Closes the open profile and opens another, or the same one again. */
  reopen(profile: string): Promise<Session>
  /**
   * Closes the open profile, runs the work that no open register allows, and opens it again whether or not the work
   * succeeded.
   */
  exchange<T>(work: () => Promise<T>): Promise<T>
  readonly lock: Lock
}

/** The open register. Throws `Refusal` CONFLICT while it is locked. */
export function makeRegister(context: Context): Register {
  const session = context.session()
  if (session.register === null) throw lockedRefusal(session)
  return session.register
}

export function getReader(context: Context): Reader {
  return makeRegister(context).reader
}

/** The day on the operator's calendar. */
export function getToday(context: Context): Day {
  return toLocalDay(context.now())
}

export function makeMoment(context: Context): Moment {
  return { now: context.now(), today: getToday(context) }
}

/** Who decides at this machine: in a team the member, by the name that every device of the team has. */
export function readOperator(context: Context): string {
  const { register, preferences } = context.session()
  return (register === null ? null : readMemberName(register.reader)) ?? preferences.get().operator
}

/** A row of the journal but for when and by whom. How its action is undone, or why not, is in `service/journal/undo.ts`. */
export interface Note extends Omit<JournalEntry, 'at' | 'operator' | 'action'> {
  readonly action: WrittenAction
}

export interface Commit {
  readonly writer: Writer
  readonly at: number
  readonly operator: string
  /** Appends to the journal, in the same transaction. */
  readonly note: (entry: Note) => void
  /** Appends many rows, in their order. Returns the sequence number of the last one. */
  readonly noteAll: (entries: readonly Note[]) => number
}

/** When, by the operator's calendar and clock, and by whom something is decided. */
export interface Deciding {
  readonly at: number
  readonly today: Day
  readonly operator: string
}

export interface TransactionResult<T> {
  readonly result: T
  /** The actions that were appended to the journal. */
  readonly actions: readonly string[]
  /** True if findings changed. */
  readonly found: boolean
}

export function makeDeciding(context: Context): Deciding {
  return { at: context.now(), today: getToday(context), operator: readOperator(context) }
}

/**
 * The only way in which what a person does is written to the register: tables, journal and resulting findings in one
 * transaction, then a notice of the changed areas to the windows.
 */
export function commit<T>(context: Context, areas: readonly Area[], work: (act: Commit) => T): T {
  const register = makeRegister(context)
  assertWritable(context)
  const done = transactDecision(register, makeDeciding(context), work)
  announce(context, areas, done)
  return done.result
}

/** The transaction of `commit`, for a thread that has no windows to notify: `announce` follows where they are. */
export function transactDecision<T>(
  register: Pick<Register, 'transact'>,
  { at, today, operator }: Deciding,
  work: (act: Commit) => T,
): TransactionResult<T> {
  const actions = new Set<string>()
  const done = register.transact((writer) => ({
    result: work({
      writer,
      at,
      operator,
      note: (entry) => {
        actions.add(entry.action)
        journal(writer, { ...entry, at, operator })
      },
      noteAll: (entries) => {
        for (const { action } of entries) actions.add(action)
        return journalAll(
          writer,
          entries.map((entry) => ({ ...entry, at, operator })),
        )
      },
    }),
    found: evaluateStale(writer, { now: at, today }) > 0,
  }))
  return { ...done, actions: [...actions] }
}

/** Notifies the windows of what was decided. */
export function announce(
  context: Context,
  areas: readonly Area[],
  { actions, found }: Pick<TransactionResult<unknown>, 'actions' | 'found'>,
): void {
  context.session().log.write('info', 'decided', { actions: actions.join(' '), areas: areas.join(' ') })
  context.events.changed(...areas, ...(found ? (['findings'] as const) : []))
}

export function assertWritable(context: Context): void {
  if (context.session().mode === 'write') return
  throw new Refusal('READ_ONLY', 'The profile was opened to read.', 'Use a verb that writes.', {
    about: 'this process',
  })
}

/** A client's id by its slug. Throws `Refusal` NOT_FOUND. */
export function findClientId(context: Context, slug: string): number {
  return clientId(getReader(context), slug) ?? noClient(getReader(context), slug)
}

/** Throws `Refusal` NOT_FOUND for a slug that no client has, with the nearest existing one. */
export function noClient(reader: Reader, slug: string): never {
  const slugs = [...clientSlugs(reader)]
  const near = nearest(slug, slugs) ?? slugs.find((each) => each.startsWith(slug)) ?? null
  const hint = 'List all slugs: castellan client list --archived.'
  throw notFound(
    `A client with the slug ${JSON.stringify(slug)}`,
    near === null ? hint : `Did you mean ${near}? ${hint}`,
  )
}

/**
 * Refuses a scope that names a client which does not exist, so that a typing error does not result in an empty list.
 */
export function checkScope(context: Context, scope: { readonly client?: string | undefined }): void {
  if (scope.client !== undefined) findClientId(context, scope.client)
}
