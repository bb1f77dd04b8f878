import { MERGES, orderPair, type PersonName, REJECTIONS } from '../../../shared/decisions/people.ts'
import type { Reader } from '../db/handles.ts'
import { decideMatch, findPair, proposePair } from '../people/matches.ts'
import { mergePeople, splitPeople } from '../people/merge.ts'
import { findPerson } from '../people/named.ts'
import { tableOf } from './table-of.ts'

/** The numbers of two people by their names; none where this register does not know both. */
function locate(
  reader: Reader,
  names: Readonly<Record<string, PersonName | undefined>>,
): Readonly<Record<string, number>> {
  const found = Object.entries(names).map(([field, name]) => [field, name && findPerson(reader, name)] as const)
  return found.every(([, id]) => id !== undefined) ? Object.fromEntries(found as [string, number][]) : {}
}

export const mergeTable = tableOf({
  decisions: MERGES,
  part: 'who was merged and split',
  from: 'person_merge m',
  columns: ['uid', 'merged_at', 'merged_by', 'split_at'],
  named: { kept: 'm.kept_id', other: 'm.other_id' },
  locate: (reader, { kind, body: { keptNamed: kept, otherNamed: other } }) =>
    kind === 'person.merged' ? locate(reader, { kept, other }) : {},
  group: ({ body }) => ['m.uid = ?', [body.mergeUid]],
  words: (_, id) => `merge ${id} of two people`,
  number: (_, { kept, other }, merge) => ({ merge, kept, other }),
  write: (writer, id, { uid, kept, other, merged_at: mergedAt, merged_by: by, split_at: splitAt }) => {
    const merge = id ?? mergePeople(writer, { keep: kept, other, at: mergedAt, by, uid })
    if (splitAt !== null) splitPeople(writer, merge, splitAt)
    return merge
  },
})

/** All other pairs are proposed by comparison. */
export const rejectionTable = tableOf({
  decisions: REJECTIONS,
  part: 'pairs that were rejected',
  from: 'person_match m',
  where: "m.state = 'rejected'",
  columns: ['decided_at', 'decided_by'],
  named: { person: 'm.person_id', other: 'm.other_id' },
  locate: (reader, { body: { personNamed: person, otherNamed: other } }) => locate(reader, { person, other }),
  group: (decision) => {
    const { person, other } = orderPair(decision)
    return ['m.person_id = ? AND m.other_id = ?', [person, other]]
  },
  words: ({ person, other }) => `the rejection of the pair ${person} and ${other}`,
  // A pair that no comparison proposed here is added, so that none proposes it later.
  write: (writer, _, { person, other, reason, decided_at: at, decided_by: by }) => {
    if (reason !== undefined) proposePair(writer, person, other, reason, at)
    const id = findPair(writer, person, other)
    if (id !== null) decideMatch(writer, { id, state: 'rejected', at, by })
    return id
  },
  remove: (writer, { id }) => decideMatch(writer, { id, state: 'open', at: 0, by: '' }),
})
