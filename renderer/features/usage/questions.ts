import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { query } from '../../data/api.ts'
import type { DRIVERS, UsageSearch } from './search.ts'

/** The month that the page shows, of whom, and from which source. */
export interface MonthQuestion {
  readonly client: string | undefined
  readonly source: UsageSource
  readonly month: string
}

type SeriesOptions = ReturnType<typeof query.usage.series.queryOptions>
type RowsOptions = ReturnType<typeof query.usage.by.queryOptions>

/** The parts of the chart except *Other*, and the most of all that *Other* may hold, in per cent. */
const LINES = 8
const MOST_OTHER = 15

/** All parts, where *Other* is opened. */
const ALL_LINES = 100

/** The dimensions of the chart and of the table: clients where several are in scope, and projects in the table. */
export function shownDimensions(
  search: UsageSearch,
  client: string | undefined,
): { readonly stack: UsageBy; readonly by: UsageBy } {
  const { only, onlyOf, stack, by } = search
  if (only !== undefined && onlyOf !== undefined) return { stack: onlyOf, by: onlyOf }
  // Only internal records have features, so both parts show the same source.
  const isFeature = by === 'feature' || stack === 'feature'
  return {
    stack: stack ?? (isFeature ? 'feature' : client === undefined ? 'client' : 'project'),
    by: by ?? (isFeature ? 'feature' : 'project'),
  }
}

/** The question for usage over time, from the address. */
export function seriesOptions(asked: MonthQuestion, search: UsageSearch): SeriesOptions {
  const { stretch = 'month', shown = 'cost', other = false, only } = search
  const { stack } = shownDimensions(search, asked.client)
  const lines = other ? { lines: ALL_LINES, rest: 100 } : { lines: LINES, rest: MOST_OTHER }
  return query.usage.series.queryOptions({
    input: { ...asked, by: stack, stretch, shown, ...lines, ...filter(only) },
  })
}

/** The first hundred rows of a month, in the order of the address. */
export function rowsOptions(asked: MonthQuestion, search: UsageSearch): RowsOptions {
  const { sort = 'cost', direction = 'desc', only } = search
  const { by } = shownDimensions(search, asked.client)
  return query.usage.by.queryOptions({
    input: { ...asked, by, sort: { by: sort, direction }, limit: 100, ...filter(only) },
  })
}

const MOST_DRIVERS = 5

/** The rows whose spend changed most since the month before. */
export function driversOptions(asked: MonthQuestion, by: (typeof DRIVERS)[number]): RowsOptions {
  return query.usage.by.queryOptions({ input: { ...asked, by, sort: { by: 'movement' }, limit: MOST_DRIVERS } })
}

function filter(only: string | undefined): { readonly only?: string[] } {
  return only === undefined ? {} : { only: [only] }
}

/** Where the page opens a row: its dimension, and the day or month. */
export interface OpenRow {
  readonly of: UsageBy
  readonly at: string
  readonly row: string
}
