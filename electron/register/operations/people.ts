import { setLastReviewed } from '../people/memberships.ts'
import { findAccount } from '../people/named.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

export const peopleAppliers: Appliers<'access.reviewed' | 'access.reviews-imported'> = {
  'access.reviewed': (writer, { body: { principalNamed, on } }) => {
    const principal = findAccount(writer, principalNamed)
    if (principal === undefined) return NO_NUMBERS
    setLastReviewed(writer, principal, on)
    return { principal }
  },
  'access.reviews-imported': (writer, { body: { connectionUid, days } }) => {
    const connection = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])
    if (connection === undefined) return NO_NUMBERS
    for (const [externalId, on] of days) {
      const principal = findAccount(writer, { connectionUid, externalId })
      if (principal !== undefined) setLastReviewed(writer, principal, on)
    }
    return { connection }
  },
}
