import type { PLAN_OPERATIONS } from '../../../shared/operations/plans.ts'
import type { Writer } from '../db/handles.ts'
import { setBinding, setRenameAnswer } from '../plans/answers.ts'
import { insertPlan, insertVersion, planModel, setPlanActivated, setPlanRemoved, setPlanTitle } from '../plans/plans.ts'
import { type Appliers, type Effect, findClient, NO_NUMBERS } from './applier.ts'

/** Does something to the plan of an operation; a register that does not have it stays as it is. */
function change(writer: Writer, { planUid }: { readonly planUid: string }, act: (plan: number) => void): Effect {
  const plan = writer.value<number>('SELECT id FROM plan WHERE uid = ?', [planUid])
  if (plan === undefined) return NO_NUMBERS
  act(plan)
  return { plan }
}

export const planAppliers: Appliers<keyof typeof PLAN_OPERATIONS> = {
  'plan.created': (writer, operation) => {
    const { at, operator: by, body } = operation
    const planId = insertPlan(writer, findClient(writer, operation), body.title, { at, uid: body.planUid })
    insertVersion(writer, { ...body, planId, at, by })
    return { plan: planId }
  },
  'plan.saved': (writer, { at, operator: by, body }) =>
    change(writer, body, (planId) => insertVersion(writer, { ...body, planId, at, by })),
  'plan.restored': (writer, { at, operator: by, body }) =>
    change(writer, body, (planId) => {
      const model = planModel(writer, planId, body.from)
      if (model !== null) insertVersion(writer, { ...body, planId, model, at, by })
    }),
  'plan.renamed': (writer, { body }) => change(writer, body, (plan) => setPlanTitle(writer, plan, body.title)),
  'plan.put in force': (writer, { body }) => change(writer, body, (plan) => setPlanActivated(writer, plan, true)),
  'plan.taken out of force': (writer, { body }) =>
    change(writer, body, (plan) => setPlanActivated(writer, plan, false)),
  'plan.removed': (writer, { at, body }) => change(writer, body, (plan) => setPlanRemoved(writer, plan, at)),
  'plan.brought back': (writer, { body }) =>
    change(writer, body, (plan) => {
      setPlanTitle(writer, plan, body.title)
      setPlanRemoved(writer, plan, null)
    }),
  'plan.bound': (writer, { body }) => {
    const { organization, connectionUid } = body
    const connection =
      connectionUid === null ? null : writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])
    if (connection === undefined) return NO_NUMBERS
    const numbers = change(writer, body, (plan) => setBinding(writer, plan, organization, connection))
    return connection === null ? numbers : { ...numbers, connection }
  },
  'plan.answered': (writer, { body }) => {
    const { part, planned, subjectNamed, same } = body
    const subjectId = writer.value<number>(
      `SELECT s.id FROM connection n JOIN ${part} s ON s.connection_id = n.id AND s.external_id = ? WHERE n.uid = ?`,
      [subjectNamed.externalId, subjectNamed.connectionUid],
    )
    if (subjectId === undefined) return NO_NUMBERS
    return change(writer, body, (plan) => setRenameAnswer(writer, plan, { part, planned, subjectId, same }))
  },
}
