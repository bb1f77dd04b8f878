import { planApplyContract } from '../../../shared/contract/plan-apply.ts'
import { getConnection } from '../../register/connections/connection.ts'
import { nameRow } from '../../register/db/stable-names.ts'
import { readBoundUid } from '../../register/plans/answers.ts'
import { remediationSubject } from '../../register/remediation/subject.ts'
import { providerSubject } from '../../../shared/decisions/kind.ts'
import { type Context, getReader } from '../core/context.ts'
import { commitOperation, readUid } from '../core/operations.ts'
import { implementArea } from '../core/implementer.ts'
import { addPlanSteps, previewPlan } from './add.ts'
import { measured, planStepsFor } from '../remediation/plan-steps.ts'
import { driftFor, personFor } from './drift.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import { invalid } from '../kit/refusal.ts'

const os = implementArea({ planApply: planApplyContract })

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
      const reader = getReader(context)
      const planUid = readUid(reader, 'plan', planId)
      const connectionUid = connectionId === null ? null : readUid(reader, 'connection', connectionId)
      commitOperation(context, {
        kind: 'plan.bound',
        client: client.slug,
        subject: title,
        body: { v: 1, planUid, organization, connectionUid, wasUid: readBoundUid(reader, planId, organization) },
      })
      return DONE
    },
  ),
  answerRename: os.planApply.answerRename.handler(({ context, input: { planId, ...answer } }) => {
    const { title, client } = measured(getReader(context), { planId }, context.now())
    const subject = remediationSubject(getReader(context), answer.part, answer.subjectId)
    assertOwn(context, subject?.connectionId, client.slug)
    const { part, planned, subjectId, same } = answer
    const subjectNamed = providerSubject.parse(nameRow(getReader(context), part, subjectId))
    const planUid = readUid(getReader(context), 'plan', planId)
    commitOperation(context, {
      kind: 'plan.answered',
      client: client.slug,
      subject: title,
      body: { v: 1, planUid, part, planned, subjectNamed, same },
    })
    return DONE
  }),
  steps: os.planApply.steps.handler(({ context, input }) => planStepsFor(getReader(context), input, context.now())),
  preview: os.planApply.preview.handler(({ context, input }) => previewPlan(context, input)),
  addToList: os.planApply.addToList.handler(({ context, input }) => addPlanSteps(context, input)),
  person: os.planApply.person.handler(({ context, input }) => personFor(getReader(context), input, context.now())),
}
