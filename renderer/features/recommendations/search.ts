import { RECOMMENDATIONS } from '../../../shared/nouns/recommendations.ts'
import { makeSearch, textParam } from '../../data/search-params.ts'

/** The search params of the recommendations: filter, order, and the one whose panel is open. */
export const searchSchema = makeSearch(RECOMMENDATIONS, { recommendations: textParam })
