import type { MatchRow, PersonDetail } from '../../../shared/contract/people.ts'
import { readEmployment } from '../../register/people/employment.ts'
import type { Reader } from '../../register/db/handles.ts'
import {
  matchesAreStale,
  matchesById,
  matchesWith,
  matchIds,
  type MatchState,
  refreshMatches,
} from '../../register/people/matches.ts'
import { listAddresses, personNames, personRows } from '../../register/people/people.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type Context, getReader, makeMoment, makeRegister } from '../core/context.ts'
import { commitOperation } from '../core/operations.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { employmentView } from './employment-view.ts'
import { namePerson } from './person-name.ts'

/** Pairs of people with their details, the pair with more access first. A few statements, whatever their number. */
export function matchRows(context: Context, ids: readonly number[], scope: Scope): MatchRow[] {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const { today } = moment
  const matches = matchesById(reader, ids)
  const people = [...new Set(matches.flatMap(({ person, other }) => [person, other]))]
  const rows = new Map(personRows(reader, people, scope, moment).map((row) => [row.personId, row]))
  const addresses = listAddresses(reader, people)
  const employment = readEmployment(reader, people)
  const side = (id: number): MatchRow['sides'][number][] => {
    const row = rows.get(id)
    const reported = employment.get(id)
    if (row === undefined) return []
    return [
      { row, addresses: [...(addresses.get(id) ?? [])], employment: reported ? employmentView(reported, today) : null },
    ]
  }
  return matches.flatMap((match) => {
    const [first] = side(match.person)
    const [second] = side(match.other)
    if (!first || !second) return []
    const { id, reason, state, foundAt, decidedAt, decidedBy } = match
    const sides: MatchRow['sides'] = weight(second) > weight(first) ? [second, first] : [first, second]
    return [{ matchId: id, reason, state, foundAt, decidedAt, decidedBy, sides }]
  })
}

/** How much access a person has: connections before projects before keys. */
function weight({ row }: MatchRow['sides'][number]): number {
  return row.connections * 1_000_000 + row.projects * 1000 + row.keys
}

/** Open pairs with a person in them, as their panel lists them. */
export function matchesInPanel(reader: Reader, personId: number, scope: Scope): PersonDetail['matches'] {
  const own = matchesWith(reader, personId)
  if (own.length === 0) return []
  const inScope = new Set(
    scope.client === undefined ? own.map(({ id }) => id) : matchIds(reader, { ...scope, state: 'open' }),
  )
  const names = personNames(
    reader,
    own.map(({ person, other }) => (person === personId ? other : person)),
  )
  return own.flatMap(({ id, person, other, reason }) => {
    const who = names.get(person === personId ? other : person)
    return who && inScope.has(id) ? [{ matchId: id, reason, ...who }] : []
  })
}

/** Compares all people when some were added since. Returns how many pairs are new; it decides nothing. */
export function findMatches(context: Context): number {
  if (context.session().mode !== 'write') return 0
  const register = makeRegister(context)
  if (!matchesAreStale(register.reader)) return 0
  const found = register.transact((writer) => refreshMatches(writer, context.now()))
  context.events.changed('access')
  return found
}

/** Records that two people are not the same, or reverts that. Throws `Refusal` NOT_FOUND. */
export function decideOnMatch(
  context: Context,
  { matchId, state }: { readonly matchId: number; readonly state: MatchState },
): void {
  const reader = getReader(context)
  const [match] = matchesById(reader, [matchId])
  if (!match) throw notFound('This possible duplicate', READ_AGAIN)
  if (match.state === state) return
  const names = personNames(reader, [match.person, match.other])
  const [one, other] = [names.get(match.person), names.get(match.other)]
  commitOperation(context, {
    kind: state === 'rejected' ? 'person.match-rejected' : 'person.match-reopened',
    client: null,
    subject: one?.name ?? '',
    body: {
      v: 1,
      personNamed: namePerson(reader, match.person),
      otherNamed: namePerson(reader, match.other),
      otherName: other?.name ?? '',
      reason: match.reason,
    },
  })
}
