import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import type { OperationOf } from '../../../shared/decisions/operations.ts'
import type { USAGE_OPERATIONS } from '../../../shared/decisions/usage.ts'
import type { Writer } from '../db/handles.ts'
import { type BudgetTarget, findBudget, removeBudget, setBudget } from '../usage/budgets.ts'
import { addUsageFolder, removeUsageFolder } from '../usage/folders.ts'
import { findPricePin, removePricePin, setPricePin } from '../usage/price-pins.ts'
import { type Appliers, findClient, NO_NUMBERS } from './applier.ts'

type OnBudget = OperationOf<'budget.set'> | OperationOf<'budget.cleared'>

/** Null where the register lacks the connection or the project. */
function findTarget(writer: Writer, operation: OnBudget): BudgetTarget | null {
  const { connectionUid, project } = operation.body
  const connectionId =
    writer.value<number>('SELECT id FROM connection WHERE uid = ?', [project?.connectionUid ?? connectionUid]) ?? null
  const projectId =
    project === null
      ? null
      : writer.value<number>('SELECT id FROM project WHERE connection_id = ? AND external_id = ?', [
          connectionId,
          project.externalId,
        ])
  if (projectId === undefined || (connectionUid !== null && connectionId === null)) return null
  return { clientId: findClient(writer, operation), connectionId, projectId }
}

function findPlace(writer: Writer, operation: OperationOf<'price.set'> | OperationOf<'price.cleared'>) {
  const { model, from } = operation.body
  const clientId = operation.client === null ? null : findClient(writer, operation)
  return { clientId, model, from: dayNumber(computeStart(from)) }
}

function findFolder(writer: Writer, folderUid: string): number | null {
  return writer.value<number>('SELECT id FROM usage_folder WHERE uid = ?', [folderUid]) ?? null
}

export const usageAppliers: Appliers<keyof typeof USAGE_OPERATIONS> = {
  'budget.set': (writer, operation) => {
    const { at, operator: by, body } = operation
    const { amount, enforcement, thresholds, budgetUid: uid } = body
    const budget = { amount, enforcement, thresholds, at, by, uid }
    const target = findTarget(writer, operation)
    return target === null ? NO_NUMBERS : { budget: setBudget(writer, target, budget) }
  },
  'budget.cleared': (writer, operation) => {
    const target = findTarget(writer, operation)
    const budget = target === null ? null : findBudget(writer, target)
    if (budget === null) return NO_NUMBERS
    removeBudget(writer, budget, operation.at)
    return { budget }
  },
  'price.set': (writer, operation) => {
    const { at, operator: by, body } = operation
    const pin = { ...findPlace(writer, operation), ...body.microUsdPerMillion }
    return { price: setPricePin(writer, pin, { at, by, uid: body.priceUid }) }
  },
  'price.cleared': (writer, operation) => {
    const price = findPricePin(writer, findPlace(writer, operation))
    if (price === null) return NO_NUMBERS
    removePricePin(writer, price)
    return { price }
  },
  'usage.folder-added': (writer, operation) => {
    const { at, operator: by, body } = operation
    const clientId = findClient(writer, operation)
    return { folder: addUsageFolder(writer, { clientId, path: body.path, at, by, uid: body.folderUid }) }
  },
  'usage.folder-removed': (writer, { body }) => {
    const folder = findFolder(writer, body.folderUid)
    if (folder === null) return NO_NUMBERS
    removeUsageFolder(writer, folder)
    return { folder }
  },
}
