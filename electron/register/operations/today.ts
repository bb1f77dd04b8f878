import type { TODAY_OPERATIONS } from '../../../shared/decisions/today.ts'
import { hideMatter, noteMatter, showMatter } from '../today/state.ts'
import { type Appliers, findClient, NO_NUMBERS } from './applier.ts'

export const todayAppliers: Appliers<keyof typeof TODAY_OPERATIONS> = {
  'today.snoozed': (writer, operation) => {
    const { at, operator: by, body } = operation
    hideMatter(writer, { clientId: findClient(writer, operation), ...body, by, at })
    return NO_NUMBERS
  },
  'today.dismissed': (writer, operation) => {
    const { at, operator: by, body } = operation
    hideMatter(writer, { clientId: findClient(writer, operation), ...body, until: null, by, at })
    return NO_NUMBERS
  },
  'today.restored': (writer, operation) => {
    showMatter(writer, { clientId: findClient(writer, operation), entry: operation.body.entry })
    return NO_NUMBERS
  },
  'today.noted': (writer, operation) => {
    const { entry, note, contact } = operation.body
    noteMatter(writer, { clientId: findClient(writer, operation), entry, note, contact })
    return NO_NUMBERS
  },
}
