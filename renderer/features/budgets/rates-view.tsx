import type { ReactElement } from 'react'

import type { RateLimitRow } from '../../../shared/contract/budgets.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { countColumn, textColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FlagChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { clientColumn, connectionColumn, projectColumn } from '../../entities/noun-columns.tsx'
import { setByName } from './labels.ts'
import { getUnit } from '../../entities/project-labels.ts'

export const RATE_COLUMNS: readonly DataColumn<RateLimitRow>[] = [
  clientColumn({ ch: 13, grow: 1 }),
  connectionColumn({ ch: 15, grow: 1 }, 'Organization'),
  projectColumn({ ch: 15, grow: 1 }),
  {
    ...textColumn('model', 'Model', { ch: 17, grow: 1, otherwise: 'All' }, (row: RateLimitRow) => row.model),
    text: (row) => row.model ?? 'All',
  },
  countColumn('limit', 'Limit', { ch: 12 }, (row) => row.amount),
  {
    id: 'of',
    header: 'Scope',
    ch: 20,
    grow: 1,
    cell: (row) => visibleText(`${getUnit(row.metric)} per ${row.period}`),
    text: (row) => `${getUnit(row.metric)} per ${row.period}`,
  },
  {
    id: 'before',
    header: 'Previous',
    ch: 18,
    cell: ({ before, amount }) =>
      before === null ? (
        <span className="c-quiet">unchanged</span>
      ) : (
        <Status tone={before.amount > amount ? 'warn' : 'info'} plain>
          {`${wholeNumber(before.amount)}, ${before.amount > amount ? 'lowered' : 'raised'}`}
        </Status>
      ),
    text: ({ before }) => (before === null ? '' : String(before.amount)),
  },
  {
    id: 'changed',
    header: 'Changed',
    ch: 13,
    cell: ({ before }) => <When at={before?.until ?? null} />,
    text: ({ before }) => (before === null ? '' : new Date(before.until).toISOString()),
  },
  textColumn('by', 'Set by', { ch: 16, grow: 1, otherwise: 'Not recorded' }, ({ setBy }) =>
    setByName(setBy?.name ?? null),
  ),
]

/** The order is fixed: latest changes first. */
const ORDER = { by: 'changed', direction: 'desc' } as const

/** Rate limits by project and model, each with its amount before the sync that changed it, latest changes first. */
export function RatesView(): ReactElement {
  const [search, set] = useSearchState('/usage/budgets')
  const { client, q, changed, project } = search
  const filters = toFilters(search, set, ['q', 'changed', 'project'])
  return (
    <>
      <FilterBar {...filters.bar('Search rate limits')}>
        <FlagChip label="Changed" yes="Amount changed" no="All" {...filters.chip('changed')} />
        <ProjectChip {...filters.chip('project')} />
      </FilterBar>
      <DataTable
        id="rate-limits"
        label="Rate limits"
        noun={['rate limit', 'rate limits']}
        source={toListSource({ client, search: q, changed, project }, (input) =>
          query.budgets.rates.queryOptions({ input }),
        )}
        columns={RATE_COLUMNS}
        rowId={(row) => String(row.id)}
        sort={ORDER}
        empty={<ListEmpty what="rate limits" {...filters} />}
      />
    </>
  )
}
