import type { PolicyOverride } from '../../../shared/domain/policy.ts'
import type { SETTINGS_OPERATIONS } from '../../../shared/operations/settings.ts'
import { AGENCY, policyLookup, setPolicyValues, toStoredPolicy } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { deriveDue } from '../keys/due.ts'
import { deriveNames } from '../keys/names.ts'
import { attributeAllKeys } from '../usage/attribution.ts'
import { setReportSettings } from '../usage/report-settings.ts'
import { deleteView, insertView, renameView, updateView } from '../views/views.ts'
import { type Appliers, findClient, NO_NUMBERS } from './applier.ts'

/** Keys of the clients that a change of policy affects; 0, the agency's, affects all. */
const REACHED =
  'SELECT k.id FROM key k JOIN connection cn ON cn.id = k.connection_id WHERE k.standing = 1 AND (:client = 0 OR cn.client_id = :client)'

/** The number of a view in this register; null where it has none of that uid. */
function findNumber(writer: Writer, viewUid: string): number | null {
  return writer.value<number>('SELECT id FROM saved_view WHERE uid = ?', [viewUid]) ?? null
}

export const settingsAppliers: Appliers<keyof typeof SETTINGS_OPERATIONS> = {
  'policy.changed': (writer, operation) => {
    const id = operation.client === null ? AGENCY : findClient(writer, operation)
    const values = operation.body.values as PolicyOverride | null
    setPolicyValues(writer, id, toStoredPolicy(writer, id, values))
    deriveNames(writer, REACHED, { client: id })
    attributeAllKeys(writer, id)
    deriveDue(writer, policyLookup(writer), REACHED, { client: id })
    return NO_NUMBERS
  },
  'report.set': (writer, operation) => {
    const { v: _, ...settings } = operation.body
    setReportSettings(writer, findClient(writer, operation), settings, { at: operation.at, by: operation.operator })
    return NO_NUMBERS
  },
  'view.saved': (writer, operation) => {
    const { viewUid, list, name, search, columns } = operation.body
    const known = findNumber(writer, viewUid)
    const view = { list, name, search, columns, at: operation.at }
    if (known === null) {
      const clientId = operation.client === null ? null : findClient(writer, operation)
      return { view: insertView(writer, { ...view, clientId, uid: viewUid }) }
    }
    updateView(writer, known, view)
    return { view: known }
  },
  'view.renamed': (writer, { at, body: { viewUid, name } }) => {
    const known = findNumber(writer, viewUid)
    if (known === null) return NO_NUMBERS
    renameView(writer, known, { name, at })
    return { view: known }
  },
  'view.removed': (writer, { body: { viewUid } }) => {
    const known = findNumber(writer, viewUid)
    if (known === null) return NO_NUMBERS
    deleteView(writer, known)
    return { view: known }
  },
}
