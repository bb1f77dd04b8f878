import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { query } from '../../data/api.ts'
import type { UsageSearch } from './search.ts'

interface Asked {
  readonly client: string | undefined
  readonly source: UsageSource
  readonly by: UsageBy
  readonly month: string
}

type SeriesOptions = ReturnType<typeof query.usage.series.queryOptions>
type RowsOptions = ReturnType<typeof query.usage.by.queryOptions>

/** The question for usage over time, from the address. */
export function seriesOptions({ search, ...asked }: Asked & { readonly search: UsageSearch }): SeriesOptions {
  const { stretch = 'month', shown = 'cost' } = search
  return query.usage.series.queryOptions({ input: { ...asked, stretch, shown } })
}

/** The first hundred rows of a month. */
export function rowsOptions(asked: Asked): RowsOptions {
  return query.usage.by.queryOptions({ input: { ...asked, limit: 100 } })
}
