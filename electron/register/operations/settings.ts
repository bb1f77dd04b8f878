import type { ReportSettings } from '../../../shared/contract/reports.ts'
import { changeOverride, type PolicyOverride } from '../../../shared/domain/policy.ts'
import type { SETTINGS_OPERATIONS } from '../../../shared/decisions/settings.ts'
import { AGENCY, policyValues, toStoredPolicy } from '../clients/policy.ts'
import { reportSettings, setReportSettings } from '../usage/report-settings.ts'
import { type Appliers, findClient, NO_NUMBERS } from './applier.ts'
import { replacePolicy } from './policy.ts'

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
}
