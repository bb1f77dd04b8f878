import type { ReportSettings } from '../../../shared/contract/reports.ts'
import { changeOverride, type PolicyOverride } from '../../../shared/domain/policy.ts'
import type { SETTINGS_OPERATIONS } from '../../../shared/decisions/settings.ts'
import { AGENCY, policyValues, toStoredPolicy } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { reportSettings, setReportSettings } from '../usage/report-settings.ts'
import { deleteView, findView, insertView, renameView, updateView } from '../views/views.ts'
import { type Appliers, findClient, NO_NUMBERS } from './applier.ts'
import { replacePolicy } from './policy.ts'

/** The number of a view of a client, or of the agency, in this register; null where it has none of that uid. */
function findNumber(writer: Writer, clientId: number | null, viewUid: string): number | null {
  return writer.value<number>('SELECT id FROM saved_view WHERE uid = ? AND client_id IS ?', [viewUid, clientId]) ?? null
}

function findOwner(writer: Writer, operation: { readonly client: string | null }): number | null {
  return operation.client === null ? null : findClient(writer, operation)
}

/** Whether another view of the list has the name. */
function isNamed(writer: Writer, place: Parameters<typeof findView>[1], view: number | null): boolean {
  const other = findView(writer, place)
  return other !== null && other !== view
}

export const settingsAppliers: Appliers<keyof typeof SETTINGS_OPERATIONS> = {
  'policy.changed': (writer, operation) => {
    const id = operation.client === null ? AGENCY : findClient(writer, operation)
    const values = operation.body.values as PolicyOverride | null
    const { cleared } = operation.body
    const isPart = id !== AGENCY && values !== null && cleared !== undefined
    const stored = isPart
      ? changeOverride(policyValues(writer, id), { values, cleared })
      : toStoredPolicy(writer, id, values)
    replacePolicy(writer, id, stored)
    return NO_NUMBERS
  },
  'report.set': (writer, operation) => {
    const { v: _, ...given } = operation.body
    const clientId = findClient(writer, operation)
    const settings = { ...reportSettings(writer, clientId), ...given } as ReportSettings
    setReportSettings(writer, clientId, settings, { at: operation.at, by: operation.operator })
    return NO_NUMBERS
  },
  'view.saved': (writer, operation) => {
    const { viewUid, list, name, search, subjects = {}, columns } = operation.body
    const clientId = findOwner(writer, operation)
    const known = findNumber(writer, clientId, viewUid)
    const view = { list, name, search, subjects, columns, at: operation.at }
    // Of two views that are given one name at the same time, the first has it.
    if (isNamed(writer, { list, clientId, name }, known)) return NO_NUMBERS
    if (known === null) {
      return { view: insertView(writer, { ...view, clientId, uid: viewUid }) }
    }
    updateView(writer, known, view)
    return { view: known }
  },
  'view.renamed': (writer, operation) => {
    const { at, body } = operation
    const { viewUid, list, name } = body
    const clientId = findOwner(writer, operation)
    const known = findNumber(writer, clientId, viewUid)
    if (known === null || isNamed(writer, { list, clientId, name }, known)) return NO_NUMBERS
    renameView(writer, known, { name, at })
    return { view: known }
  },
  'view.removed': (writer, operation) => {
    const known = findNumber(writer, findOwner(writer, operation), operation.body.viewUid)
    if (known === null) return NO_NUMBERS
    deleteView(writer, known)
    return { view: known }
  },
}
