import type { PEOPLE_OPERATIONS } from '../../../shared/operations/people.ts'
import { setLastReviewed } from '../people/memberships.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

export const peopleAppliers: Appliers<keyof typeof PEOPLE_OPERATIONS> = {
  'access.reviewed': (writer, { body: { principalNamed, on } }) => {
    const principal = writer.value<number>(
      'SELECT p.id FROM principal p JOIN connection n ON n.id = p.connection_id WHERE n.uid = ? AND p.external_id = ?',
      [principalNamed.connectionUid, principalNamed.externalId],
    )
    if (principal === undefined) return NO_NUMBERS
    setLastReviewed(writer, principal, on)
    return { principal }
  },
}
