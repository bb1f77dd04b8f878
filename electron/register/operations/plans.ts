import type { PLAN_OPERATIONS } from '../../../shared/decisions/plans.ts'
import type { Writer } from '../db/handles.ts'
import { readBoundUid, setBinding, setRenameAnswer } from '../plans/answers.ts'
import {
  findPlanState,
  insertPlan,
  insertVersion,
  type NewVersion,
  type PlanState,
  planTitles,
  readVersionModel,
  setPlanActivated,
  setPlanRemoved,
  setPlanTitle,
} from '../plans/plans.ts'
import { findFreeTitle, isTitleTaken } from '../plans/titles.ts'
import { type Appliers, type Effect, findClient, NO_NUMBERS } from './applier.ts'

/** Does something to the plan of an operation; a register that does not have it stays as it is. */
function change(writer: Writer, { planUid }: { readonly planUid: string }, act: (plan: PlanState) => void): Effect {
  const plan = findPlanState(writer, planUid)
  if (plan === null) return NO_NUMBERS
  act(plan)
  return { plan: plan.id }
}

/** Adds a version to the plan of an operation. */
function addVersion(
  writer: Writer,
  {
    planUid,
    versionUid: uid,
    ...body
  }: { readonly planUid: string; readonly versionUid: string } & Omit<NewVersion, 'planId' | 'uid'>,
): Effect {
  const plan = findPlanState(writer, planUid)
  if (plan === null) return NO_NUMBERS
  const version = insertVersion(writer, { ...body, planId: plan.id, uid })
  return version === null ? { plan: plan.id } : { plan: plan.id, version }
}

/** Each does nothing that the state of the plan does not allow, as in the register of another member whose decision came first. */
export const planAppliers: Appliers<keyof typeof PLAN_OPERATIONS> = {
  'plan.created': (writer, operation) => {
    const { at, operator: by, body } = operation
    if (findPlanState(writer, body.planUid) !== null) return NO_NUMBERS
    const clientId = findClient(writer, operation)
    const title = findFreeTitle(planTitles(writer, clientId), body.title)
    insertPlan(writer, clientId, title, { at, uid: body.planUid })
    return addVersion(writer, { ...body, parentUid: null, at, by })
  },
  'plan.saved': (writer, { at, operator: by, body }) => addVersion(writer, { ...body, at, by }),
  'plan.restored': (writer, { at, operator: by, body }) => {
    const model = readVersionModel(writer, body.planUid, body.fromUid)
    return model === null ? NO_NUMBERS : addVersion(writer, { ...body, model, at, by })
  },
  'plan.renamed': (writer, { body }) =>
    change(writer, body, ({ id, clientId, removedAt, title }) => {
      const others = planTitles(writer, clientId).filter((one) => one !== title)
      if (removedAt === null && !isTitleTaken(others, body.title)) setPlanTitle(writer, id, body.title)
    }),
  'plan.put in force': (writer, { body }) =>
    change(writer, body, ({ id, removedAt }) => {
      if (removedAt === null) setPlanActivated(writer, id, true)
    }),
  'plan.taken out of force': (writer, { body }) =>
    change(writer, body, ({ id }) => setPlanActivated(writer, id, false)),
  'plan.removed': (writer, { at, body }) =>
    change(writer, body, ({ id, active, removedAt }) => {
      if (!active && removedAt === null) setPlanRemoved(writer, id, at)
    }),
  'plan.brought back': (writer, { body }) =>
    change(writer, body, ({ id, clientId, removedAt }) => {
      if (removedAt === null) return
      setPlanTitle(writer, id, findFreeTitle(planTitles(writer, clientId), body.title))
      setPlanRemoved(writer, id, null)
    }),
  'plan.bound': (writer, { body }) => {
    const { organization, connectionUid, wasUid } = body
    // A connection that is not here leaves the organization without one.
    const connection = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid]) ?? null
    const numbers = change(writer, body, ({ id }) => {
      const isSeen = wasUid === undefined || readBoundUid(writer, id, organization) === wasUid
      if (connectionUid !== null || isSeen) setBinding(writer, id, organization, connection)
    })
    return connection === null ? numbers : { ...numbers, connection }
  },
  'plan.answered': (writer, { body }) => {
    const { part, planned, subjectNamed, same } = body
    const subjectId = writer.value<number>(
      `SELECT s.id FROM connection n JOIN ${part} s ON s.connection_id = n.id AND s.external_id = ? WHERE n.uid = ?`,
      [subjectNamed.externalId, subjectNamed.connectionUid],
    )
    if (subjectId === undefined) return NO_NUMBERS
    return change(writer, body, ({ id }) => setRenameAnswer(writer, id, { part, planned, subjectId, same }))
  },
}
