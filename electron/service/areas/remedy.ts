import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { sayRemedy } from '../../../shared/domain/remedy/say.ts'
import { getConnection } from '../../register/connection.ts'
import { remediesById, remedyIds } from '../../register/remedies/list.ts'
import { insertRemedy, sameWish } from '../../register/remedies/store.ts'
import { remedySubject } from '../../register/remedies/subject.ts'
import { assertWritable, decide, operatorOf, readerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../refusal.ts'
import { confirmDeployed, markByHand, withdraw } from '../remedy/end.ts'
import { noteRemedy } from '../remedy/journal.ts'
import { checkOrigin } from '../remedy/origin.ts'
import { planAround, planFor } from '../remedy/prepare.ts'
import { previewOf } from '../remedy/preview.ts'
import { proposalsFor } from '../remedy/proposals.ts'
import { existingRemedy, shownRow, shownRows } from '../remedy/rows.ts'
import { runRemedies } from '../remedy/run.ts'
import { takeSecret } from '../remedy/secrets.ts'
import { checkSubject, completeValues, wishOf } from '../remedy/wish.ts'
import { sliceOf } from './slices.ts'

const BY_HAND = 'No API does it: the preview shows the steps.'

export const remedyRouter = {
  list: os.remedy.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'remedies', query: input, ids: (query) => remedyIds(readerOf(context), query) }, (ids) =>
      shownRows(context, ids),
    ),
  ),
  proposals: os.remedy.proposals.handler(({ context, input }) => proposalsFor(readerOf(context), input)),
  add: os.remedy.add.handler(
    async ({
      context,
      input: {
        action,
        subject: { kind, id },
        values: given,
        origin,
      },
    }) => {
      assertWritable(context)
      const reader = readerOf(context)
      const subject = remedySubject(reader, kind, id)
      const connection = subject === null ? null : getConnection(reader, subject.connectionId)
      if (subject === null || connection === null) throw notFound(`The ${kind} ${id}`, READ_AGAIN)
      checkSubject(action, subject)
      if (origin === null) {
        throw invalid(
          'origin',
          'A remedy comes from a finding, from what a review decided, or from somebody who left.',
          'Say which one it is about.',
        )
      }
      checkOrigin(reader, origin, subject)
      if (!subject.standing) {
        throw new Refusal('CONFLICT', `${subject.name} is gone from the provider already.`, 'There is nothing to do.')
      }
      const values = completeValues(reader, action, subject, given)
      const wish = wishOf(reader, action, subject, values)
      const says = sayRemedy({ action, subject: subject.name, project: wish.project?.name ?? null, ...values })
      const plan = planAround(reader, { action, values }, subject) ?? (await planFor(connection, wish, says))
      const remedyId = decide(context, ['remedy'], ({ writer, at, note }) => {
        const remedy = {
          connectionId: connection.id,
          action,
          subject: { kind, id, name: subject.name },
          values: canonicalJson({ ...values }),
          origin,
          by: operatorOf(context),
          at,
          ...(plan.kind === 'call'
            ? ({ state: 'waiting', outcome: null } as const)
            : ({ state: 'by-hand', outcome: BY_HAND } as const)),
        }
        const known = sameWish(writer, remedy)
        if (known !== null) {
          throw new Refusal(
            'CONFLICT',
            `This is on the list already, as remedy ${known}.`,
            'Preview and send that one.',
          )
        }
        const added = insertRemedy(writer, remedy)
        const [stored] = remediesById(writer, [added])
        if (stored !== undefined) noteRemedy(note, 'added', stored.row)
        return added
      })
      return shownRow(context, existingRemedy(context, remedyId).row)
    },
  ),
  withdraw: os.remedy.withdraw.handler(({ context, input }) => withdraw(context, input.remedyId)),
  preview: os.remedy.preview.handler(({ context, input }) => previewOf(context, input.remedies)),
  run: os.remedy.run.handler(({ context, input }) => runRemedies(context, input.token, input.confirm)),
  takeSecret: os.remedy.takeSecret.handler(({ context, input }) => {
    const { row } = existingRemedy(context, input.remedyId)
    assertWritable(context)
    const secret = takeSecret(context.session(), input.remedyId)
    if (secret === null) {
      throw new Refusal(
        'CONFLICT',
        `No secret of ${row.subject.name} is held: it was taken, or ten minutes passed, or Castellan was closed since.`,
        'Without it the new key is of no use: withdraw this, delete the new key, and rotate again.',
      )
    }
    decide(context, ['remedy'], ({ note }) => noteRemedy(note, 'secret-taken', row, { name: secret.name }))
    return { secret: secret.value, name: secret.name }
  }),
  confirmDeployed: os.remedy.confirmDeployed.handler(({ context, input }) => confirmDeployed(context, input.remedyId)),
  markByHand: os.remedy.markByHand.handler(({ context, input }) => markByHand(context, input.remedyId)),
}
