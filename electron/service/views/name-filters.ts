import { FILTERED, type FilterKind, filterWord, isNameOf, NO_ROW } from '../../../shared/contract/view-subjects.ts'
import {
  storedSearch,
  type ViewList,
  type ViewSearch,
  type ViewSubject,
  type ViewSubjects,
} from '../../../shared/contract/views.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import { readTeamPlace } from '../../register/team/place.ts'
import { findKind, isMerged, keepOfClient, nameSubject } from '../../register/views/subjects.ts'
import { type Context, getReader } from '../core/context.ts'
import { invalid, type Refusal } from '../kit/refusal.ts'

interface ViewFilters {
  readonly list: ViewList
  readonly clientId: number | null
  readonly search: ViewSearch
  readonly subjects: ViewSubjects
}

/**
 * The filters of a view as every register has them. Throws `Refusal` INVALID for a filter that has no name there: one by a row that
 * does not exist, or that only this register has as it is; and in a team one that would name to all members what one client has.
 */
export function nameFilters(context: Context, given: ViewFilters): Pick<BodyOf<'view.saved'>, 'search' | 'subjects'> {
  const filters = FILTERED[given.list]
  const entries = Object.entries(given.search)
  const names = entries.flatMap(([param, value]) => {
    const filtered = filters[param]
    return filtered === undefined ? [] : [[param, nameFilter(context, given, { param, filtered, value })] as const]
  })
  const search = storedSearch.safeParse(Object.fromEntries(entries.filter(([param]) => filters[param] === undefined)))
  if (!search.success) {
    const [param = ''] = search.error.issues[0]?.path ?? []
    throw refuse(
      `A view of ${given.list} cannot keep the filter ${JSON.stringify(param)} with this value.`,
      String(param),
    )
  }
  return { search: search.data, ...(names.length === 0 ? {} : { subjects: Object.fromEntries(names) }) }
}

interface Filter {
  readonly param: string
  readonly filtered: FilterKind
  readonly value: ViewSearch[string] | undefined
}

function nameFilter(context: Context, given: ViewFilters, { param, filtered, value }: Filter): ViewSubject {
  const reader = getReader(context)
  const word = filterWord(filtered)
  const isShared = readTeamPlace(reader) !== null
  if (isShared && given.clientId === null) {
    throw invalid(
      'search',
      `A view of all clients is for every member of the team, and the ${word} of its filter belongs to one client.`,
      `Choose the client and save the view for it, or remove the filter by ${word}.`,
    )
  }
  if (value === NO_ROW) {
    const known = given.subjects[param]
    const kept =
      known !== undefined && isNameOf(filtered, known, given.search)
        ? keepOfClient(reader, known, given.clientId)
        : null
    if (kept === null) throw refuse(`The filter by ${word} names nothing in this register.`, word)
    return kept
  }
  const kind = findKind(filtered, given.search)
  if (kind === null) throw refuse(`The filter by ${word} has no kind of subject, or several.`, word)
  if (typeof value !== 'number') throw refuse(`The filter by ${word} is not a number of a row.`, word)
  const name = nameSubject(reader, kind, value, given.clientId)
  if (name === null) {
    throw refuse(
      kind === 'person'
        ? `The person of the filter has no account${given.clientId === null ? '' : ' of this client'}, and a view names people by their accounts.`
        : `The ${word} of the filter does not exist${given.clientId === null ? '' : ', or belongs to another client than the view'}.`,
      word,
    )
  }
  if (isShared && kind === 'person' && isMerged(reader, value)) {
    throw refuse(
      'The person of the filter was merged from several in this register, and other members of the team may not have merged them.',
      word,
    )
  }
  return name
}

function refuse(message: string, word: string): Refusal {
  return invalid('search', message, `Remove the filter by ${word}, then save the view.`)
}
