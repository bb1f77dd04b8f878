import type { PersonDetail } from '../../../shared/contract/people.ts'
import type { Reader } from '../../register/db/handles.ts'
import { createUid } from '../../register/db/uid.ts'
import { mergeAway, findMerge, mergesInto } from '../../register/people/merge.ts'
import { personNames } from '../../register/people/people.ts'
import { type Context, getReader } from '../core/context.ts'
import { commitOperation, readUid } from '../core/operations.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { namePerson } from './person-name.ts'

/** Who was merged into a person, as their panel lists them. */
export function mergesInPanel(reader: Reader, personId: number): PersonDetail['merges'] {
  const merges = mergesInto(reader, personId)
  const names = personNames(
    reader,
    merges.map(({ other }) => other),
  )
  return merges.map(({ id, other, mergedAt, mergedBy }) => {
    const who = names.get(other)
    return { mergeId: id, name: who?.name ?? '', email: who?.email ?? null, mergedAt, mergedBy }
  })
}

/**
 * Merges two people. Throws `Refusal`: INVALID for the same person twice, NOT_FOUND, and CONFLICT for a person who was
 * merged into another one.
 */
export function mergeTwo(
  context: Context,
  { keep, other }: { readonly keep: number; readonly other: number },
): { readonly mergeId: number } {
  if (keep === other) throw invalid('other', 'Both are the same person.', 'Name two people.')
  const reader = getReader(context)
  const names = personNames(reader, [keep, other])
  const [kept, removed] = [names.get(keep), names.get(other)]
  if (!kept || !removed) throw notFound('One of the two people', READ_AGAIN)
  for (const person of [keep, other]) assertStands(reader, person, names.get(person)?.name ?? '')
  const { merge: mergeId = 0 } = commitOperation(context, {
    kind: 'person.merged',
    client: null,
    subject: kept.name,
    body: {
      v: 1,
      mergeUid: createUid(context.now()),
      keptNamed: namePerson(reader, keep),
      otherNamed: namePerson(reader, other),
      otherName: removed.name,
      otherEmail: removed.email,
    },
  })
  return { mergeId }
}

/** Splits a merge. Throws `Refusal`: NOT_FOUND, and CONFLICT while the kept person is merged into another one. */
export function splitOff(context: Context, mergeId: number): { readonly personId: number; readonly name: string } {
  const reader = getReader(context)
  const merge = findMerge(reader, mergeId)
  if (merge === null) throw notFound('This merge', READ_AGAIN)
  const names = personNames(reader, [merge.kept, merge.other])
  const [kept, other] = [names.get(merge.kept), names.get(merge.other)]
  assertStands(reader, merge.kept, kept?.name ?? '')
  commitOperation(context, {
    kind: 'person.split',
    client: null,
    subject: kept?.name ?? '',
    body: {
      v: 1,
      mergeUid: readUid(reader, 'merge', mergeId),
      keptNamed: namePerson(reader, merge.kept),
      otherName: other?.name ?? '',
    },
  })
  return { personId: merge.other, name: other?.name ?? '' }
}

function assertStands(reader: Reader, personId: number, name: string): void {
  const away = mergeAway(reader, personId)
  if (away === null) return
  const into = personNames(reader, [away.kept]).get(away.kept)?.name ?? ''
  throw new Refusal('CONFLICT', `${name} was merged into ${into}.`, `Split that merge first: it is number ${away.id}.`)
}
