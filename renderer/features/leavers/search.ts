import { LEAVERS } from '../../../shared/nouns/leavers.ts'
import { idParam, makeSearch } from '../../data/search-params.ts'

/** The search params of the list of leavers: filter, sort, and the one whose panel is open. */
export const searchSchema = makeSearch(LEAVERS, { person: idParam })
