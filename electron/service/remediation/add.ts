import type { RemedyOrigin, RemedyRow, RemedyValues } from '../../../shared/contract/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { isCreation, type RemedyAction } from '../../../shared/domain/remediation/remedy.ts'
import { sayRemedy } from '../../../shared/domain/remediation/say.ts'
import { getConnection, type StoredConnection } from '../../register/connections/connection.ts'
import { remediesById, type StoredRemedy } from '../../register/remediation/list.ts'
import type { Reader, Writer } from '../../register/db/handles.ts'
import { insertRemedy, lastWish, type NewRemedy, sameWish, setState } from '../../register/remediation/store.ts'
import { type RemedySubjectKind, remedySubject } from '../../register/remediation/subject.ts'
import { checkAddress } from '../core/credentials.ts'
import { assertWritable, type Context, commit, type Commit, operatorOf, readerOf } from '../core/context.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { noteRemedy } from './journal.ts'
import { checkOrigin } from './origin.ts'
import { planAround, planFor } from './prepare.ts'
import { existingRemedy, shownRow } from './rows.ts'
import { thereAlready } from './waiting.ts'
import { checkSubject, completeValues, wishOf } from './wish.ts'

const BY_HAND = 'No API does it: the preview shows the steps.'

/**
 * The same wish, sent before, of which a sync since shows that it was not done; null where there is none. Throws `Refusal`
 * CONFLICT where the same was sent and nobody knows yet whether it is there.
 */
function failedBefore(reader: Reader, wish: Parameters<typeof lastWish>[1]): StoredRemedy['row'] | null {
  const [before] = remediesById(reader, [lastWish(reader, wish) ?? 0])
  if (before === undefined || before.sentAt === null || before.row.shown === true) return null
  const { remedyId, state, shown } = before.row
  if (state !== 'unsure' && state !== 'done' && state !== 'deploying') return null
  if (shown === null) {
    throw new Refusal(
      'CONFLICT',
      `It was sent already, as remedy ${remedyId}, and no sync since shows what became of it.`,
      'Sync the connection first: what is sent twice is made twice.',
    )
  }
  return state === 'unsure' ? before.row : null
}

function settleBefore(writer: Writer, note: Commit['note'], wish: Parameters<typeof lastWish>[1], at: number): void {
  const before = failedBefore(writer, wish)
  if (before === null) return
  const outcome = 'A sync since shows that it was not done.'
  setState(writer, before.remedyId, { state: 'failed', outcome, endedAt: at })
  noteRemedy(note, 'failed', before, { outcome })
}

export interface Added {
  readonly action: RemedyAction
  readonly subject: { readonly kind: RemedySubjectKind; readonly id: number }
  readonly values: RemedyValues
  readonly origin: RemedyOrigin | null
  /** Whoever adds it has worked out that it follows from its origin. */
  readonly follows?: true
}

/** An entry of the list as it would be added, and the connection that it is about. */
export interface Wanted {
  readonly remedy: Omit<NewRemedy, 'at' | 'by'>
  readonly connection: StoredConnection
  readonly values: RemedyValues
  readonly says: string
}

/**
 * What would be put on the list for a wish. Writes nothing. Throws `Refusal` NOT_FOUND; INVALID for a wish that lacks
 * something or does not follow from its origin; CONFLICT where nothing would change, or where the same was sent and no sync
 * shows what became of it.
 */
export async function wantedRemedy(
  context: Context,
  { action, subject: { kind, id }, ...given }: Added,
): Promise<Wanted> {
  const { origin } = given
  const reader = readerOf(context)
  const subject = remedySubject(reader, kind, id)
  const connection = subject === null ? null : getConnection(reader, subject.connectionId)
  if (subject === null || connection === null) throw notFound(`The ${kind} ${id}`, READ_AGAIN)
  checkSubject(action, subject)
  if (origin === null) {
    throw invalid(
      'origin',
      'A remedy comes from a finding, from what a review decided, from somebody who left, or from a plan.',
      'Say which one it is about.',
    )
  }
  if (!subject.standing) {
    throw new Refusal('CONFLICT', `${subject.name} is gone from the provider already.`, 'There is nothing to do.')
  }
  const values = completeValues(reader, action, subject, given.values)
  if (!given.follows) checkOrigin(reader, origin, { action, subject, values }, context.now())
  const there = isCreation(action) ? thereAlready(reader, subject, action, values, context.now()) : null
  if (there !== null) throw new Refusal('CONFLICT', there, 'There is nothing to do.')
  checkAddress(connection)
  const wish = wishOf(reader, action, subject, values)
  const says = sayRemedy({ ...values, action, subject: subject.name, project: wish.project?.name ?? null })
  const plan = planAround(reader, { action, values }, subject) ?? (await planFor(connection, wish, says))
  const end =
    plan.kind === 'call'
      ? ({ state: 'waiting', outcome: null } as const)
      : ({ state: 'by-hand', outcome: BY_HAND } as const)
  const remedy = {
    connectionId: connection.id,
    action,
    subject: { kind, id, name: subject.name },
    values: canonicalJson({ ...values }),
    origin,
    ...end,
  }
  if (isOnce(action, given)) failedBefore(reader, remedy)
  return { remedy, connection, values, says }
}

/** What was sent once is not sent again before a sync shows what became of it. */
function isOnce(action: RemedyAction, { follows }: Pick<Added, 'follows'>): boolean {
  return isCreation(action) || follows === true
}

/**
 * Puts a wish on the list, to be sent or to be done by hand. Sends nothing. Throws as `wantedRemedy` does, and `Refusal`
 * CONFLICT where it is on the list already.
 */
export async function addRemedy(context: Context, wish: Added): Promise<RemedyRow> {
  assertWritable(context)
  const wanted = await wantedRemedy(context, wish)
  const remedyId = commit(context, ['remedy'], ({ writer, at, note }) => {
    const remedy = { ...wanted.remedy, by: operatorOf(context), at }
    if (isOnce(wish.action, wish)) settleBefore(writer, note, remedy, at)
    const known = sameWish(writer, remedy)
    if (known !== null) {
      throw new Refusal('CONFLICT', `This is on the list already, as remedy ${known}.`, 'Preview and send that one.')
    }
    const added = insertRemedy(writer, remedy)
    const [stored] = remediesById(writer, [added])
    if (stored !== undefined) noteRemedy(note, 'added', stored.row)
    return added
  })
  return shownRow(context, existingRemedy(context, remedyId).row)
}
