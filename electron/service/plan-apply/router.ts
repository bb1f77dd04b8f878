import { getConnection } from '../../register/connections/connection.ts'
import { setBinding, setRenameAnswer } from '../../register/plans/answers.ts'
import { remediationSubject } from '../../register/remediation/subject.ts'
import { type Context, commit, getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { addPlanSteps, previewPlan } from './add.ts'
import { measured, planStepsFor } from '../remediation/plan-steps.ts'
import { driftFor, personFor } from './drift.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import { invalid } from '../kit/refusal.ts'

const DONE = { done: true } as const

/** Throws `Refusal` INVALID for a connection that is not the client's. */
function assertOwn(context: Context, connectionId: number | undefined, slug: string): void {
  const connection = connectionId === undefined ? null : getConnection(getReader(context), connectionId)
  if (connection?.client.slug === slug) return
  throw invalid('connectionId', 'The plan’s client has no such connection.', 'Name a connection of the same client.')
}

export const planApplyRouter = {
  drift: os.planApply.drift.handler(({ context, input }) => driftFor(getReader(context), input, context.now())),
  bindOrganization: os.planApply.bindOrganization.handler(
    ({ context, input: { planId, organization, connectionId } }) => {
      const { plan, title, client } = measured(getReader(context), { planId }, context.now())
      if (!plan.organizations.some(({ name }) => nameKey(name) === nameKey(organization))) {
        throw invalid('organization', `The plan has no organization ${organization}.`, 'Use a name of the plan.')
      }
      if (connectionId !== null) assertOwn(context, connectionId, client.slug)
      commit(context, ['plan'], ({ writer, note }) => {
        setBinding(writer, planId, organization, connectionId)
        note({
          action: 'plan.bound',
          client: client.slug,
          subject: title,
          body: { plan: planId, organization, connection: connectionId },
        })
      })
      return DONE
    },
  ),
  answerRename: os.planApply.answerRename.handler(({ context, input: { planId, ...answer } }) => {
    const { title, client } = measured(getReader(context), { planId }, context.now())
    const subject = remediationSubject(getReader(context), answer.part, answer.subjectId)
    assertOwn(context, subject?.connectionId, client.slug)
    commit(context, ['plan'], ({ writer, note }) => {
      setRenameAnswer(writer, planId, answer)
      const named = { kind: answer.part, id: answer.subjectId }
      const body = { plan: planId, ...answer, subject: named }
      note({ action: 'plan.renamed', client: client.slug, subject: title, body })
    })
    return DONE
  }),
  steps: os.planApply.steps.handler(({ context, input }) => planStepsFor(getReader(context), input, context.now())),
  preview: os.planApply.preview.handler(({ context, input }) => previewPlan(context, input)),
  addToList: os.planApply.addToList.handler(({ context, input }) => addPlanSteps(context, input)),
  person: os.planApply.person.handler(({ context, input }) => personFor(getReader(context), input, context.now())),
}
