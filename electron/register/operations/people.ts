import type { OperationOf } from '../../../shared/decisions/operations.ts'
import type { PEOPLE_OPERATIONS } from '../../../shared/decisions/people.ts'
import type { Writer } from '../db/handles.ts'
import { decideMatch, findPair, proposePair } from '../people/matches.ts'
import { setLastReviewed } from '../people/memberships.ts'
import { mergePeople, splitPeople } from '../people/merge.ts'
import { findAccount, findPerson } from '../people/named.ts'
import { type Appliers, type Effect, NO_NUMBERS } from './applier.ts'

type OnPair = OperationOf<'person.match-rejected'> | OperationOf<'person.match-reopened'>

/** A pair that no comparison proposed here is added, so that none proposes it later. */
function decide(writer: Writer, { at, operator: by, body }: OnPair, state: 'rejected' | 'open'): Effect {
  const [person, other] = [findPerson(writer, body.personNamed), findPerson(writer, body.otherNamed)]
  if (person === undefined || other === undefined || person === other) return NO_NUMBERS
  proposePair(writer, person, other, body.reason, at)
  const id = findPair(writer, person, other)
  if (id !== null) decideMatch(writer, { id, state, at, by })
  return { person, other }
}

export const peopleAppliers: Appliers<keyof typeof PEOPLE_OPERATIONS> = {
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
  'person.merged': (writer, { at, operator: by, body }) => {
    const [kept, other] = [findPerson(writer, body.keptNamed), findPerson(writer, body.otherNamed)]
    if (kept === undefined || other === undefined || kept === other) return NO_NUMBERS
    return { merge: mergePeople(writer, { keep: kept, other, at, by, uid: body.mergeUid }), kept, other }
  },
  'person.split': (writer, { at, body }) => {
    const merge = writer.get<{ readonly id: number; readonly kept: number; readonly other: number }>(
      'SELECT id, kept_id AS kept, other_id AS other FROM person_merge WHERE uid = ?',
      [body.mergeUid],
    )
    if (merge === undefined) return NO_NUMBERS
    splitPeople(writer, merge.id, at)
    return { merge: merge.id, kept: merge.kept, other: merge.other }
  },
  'person.match-rejected': (writer, operation) => decide(writer, operation, 'rejected'),
  'person.match-reopened': (writer, operation) => decide(writer, operation, 'open'),
}
