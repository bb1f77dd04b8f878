import type { RemedyOrigin, RemedyRow, RemedyValues } from '../../../shared/contract/remedy.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { isCreation, type RemedyAction } from '../../../shared/domain/remedy/remedy.ts'
import { sayRemedy } from '../../../shared/domain/remedy/say.ts'
import { getConnection } from '../../register/connection.ts'
import { remediesById } from '../../register/remedies/list.ts'
import type { Writer } from '../../register/handles.ts'
import { insertRemedy, lastWish, sameWish, setState } from '../../register/remedies/store.ts'
import { type RemedySubjectKind, remedySubject } from '../../register/remedies/subject.ts'
import { assertWritable, type Context, decide, type Decision, operatorOf, readerOf } from '../context.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../refusal.ts'
import { noteRemedy } from './journal.ts'
import { checkOrigin } from './origin.ts'
import { planAround, planFor } from './prepare.ts'
import { existingRemedy, shownRow } from './rows.ts'
import { thereAlready } from './waiting.ts'
import { checkSubject, completeValues, wishOf } from './wish.ts'

const BY_HAND = 'No API does it: the preview shows the steps.'

/** Throws `Refusal` CONFLICT where the same was sent and nobody knows yet whether it is there. */
function settleBefore(writer: Writer, note: Decision['note'], wish: Parameters<typeof lastWish>[1], at: number): void {
  const [before] = remediesById(writer, [lastWish(writer, wish) ?? 0])
  if (before === undefined || before.sentAt === null || before.row.shown === true) return
  const { remedyId, state, shown } = before.row
  if (state !== 'unsure' && state !== 'done' && state !== 'deploying') return
  if (shown === null) {
    throw new Refusal(
      'CONFLICT',
      `It was sent already, as remedy ${remedyId}, and no sync since shows what became of it.`,
      'Sync the connection first: what is sent twice is made twice.',
    )
  }
  if (state !== 'unsure') return
  const outcome = 'A sync since shows that it was not done.'
  setState(writer, remedyId, { state: 'failed', outcome, endedAt: at })
  noteRemedy(note, 'failed', before.row, { outcome })
}

interface Added {
  readonly action: RemedyAction
  readonly subject: { readonly kind: RemedySubjectKind; readonly id: number }
  readonly values: RemedyValues
  readonly origin: RemedyOrigin | null
  /** Whoever adds it has worked out that it follows from its origin. */
  readonly follows?: true
}

/**
 * Puts a wish on the list, to be sent or to be done by hand. Sends nothing. Throws `Refusal` NOT_FOUND; INVALID for a wish
 * that lacks something or does not follow from its origin; CONFLICT where it stands already or nothing would change.
 */
export async function addRemedy(
  context: Context,
  { action, subject: { kind, id }, ...given }: Added,
): Promise<RemedyRow> {
  assertWritable(context)
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
  const there = isCreation(action) ? thereAlready(reader, subject, action, values) : null
  if (there !== null) throw new Refusal('CONFLICT', there, 'There is nothing to do.')
  const wish = wishOf(reader, action, subject, values)
  const says = sayRemedy({ ...values, action, subject: subject.name, project: wish.project?.name ?? null })
  const plan = planAround(reader, { action, values }, subject) ?? (await planFor(connection, wish, says))
  const end =
    plan.kind === 'call'
      ? ({ state: 'waiting', outcome: null } as const)
      : ({ state: 'by-hand', outcome: BY_HAND } as const)
  const remedyId = decide(context, ['remedy'], ({ writer, at, note }) => {
    const remedy = {
      connectionId: connection.id,
      action,
      subject: { kind, id, name: subject.name },
      values: canonicalJson({ ...values }),
      origin,
      by: operatorOf(context),
      at,
      ...end,
    }
    if (isCreation(action) || given.follows) settleBefore(writer, note, remedy, at)
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
