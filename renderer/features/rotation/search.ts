import { z } from 'zod'

import { day } from '../../../shared/contract/common.ts'
import { DUE_LISTS } from '../../../shared/domain/due-span.ts'
import { COMMON_FILTERS, searchSchema as keysSearch } from '../keys/search.ts'

const ROTATION_VIEWS = [...DUE_LISTS, 'calendar'] as const

/** Earlier addresses name the list of all keys `list`. */
const view = z.preprocess((given) => (given === 'list' ? 'all' : given), z.enum(ROTATION_VIEWS).optional())

/** The view, its filter and order, the month and day of the calendar, and the key whose panel is open. */
export const searchSchema = keysSearch.omit({ within: true }).extend({
  /** This week by default. */
  view: view.catch(undefined),
  /** First day of the month shown. */
  month: day.optional().catch(undefined),
  on: day.optional().catch(undefined),
})

export type RotationSearch = z.output<typeof searchSchema>

/** The filters that stay when another tab is opened; the rotation state is part of the other tabs. */
export const KEPT_FILTERS = COMMON_FILTERS
