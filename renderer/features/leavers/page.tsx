import { useState, type ReactElement } from 'react'

import { type LeaverRow, LEAVERS } from '../../../shared/nouns/leavers.ts'
import { query } from '../../data/api.ts'
import { listParams, toFilter } from '../../data/search-params.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { LeaverBulkActions } from './bulk-actions.tsx'
import { COLUMNS } from './columns.tsx'
import { CopyReport } from './copy-report.tsx'
import { MarkChanges } from './mark-done.tsx'
import { NoLeavers } from './no-leavers.tsx'
import { LeaverPanel } from './panel.tsx'
import { useLeaverActions } from './row-actions.ts'
import type { LeaversSearch } from './search.ts'
import { STATE_CHOICES } from './labels.ts'

/** People who left, with their remaining access in every connection of every client. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/leavers')
  const { client, person, sort: by = 'pressing', dir: direction = 'asc' } = search
  const filters = toFilters(search, set, listParams(LEAVERS))
  const [marking, setMarking] = useState<readonly LeaverRow[] | null>(null)
  const rowActions = useLeaverActions(setMarking)
  return (
    <PageFrame title="Leavers" fill actions={<CopyReport label="Copy the report as Markdown" input={{ client }} />}>
      <TableAndPanel
        filters={
          <FilterBar {...filters.bar('Search leavers')}>
            <FilterChip label="State" choices={STATE_CHOICES} {...filters.chip('state')} />
          </FilterBar>
        }
        id="leavers"
        label="Leavers"
        noun={['leaver', 'leavers']}
        source={toListSource({ ...toFilter(LEAVERS, search), sort: { by, direction } }, (input) =>
          query.leavers.list.queryOptions({ input }),
        )}
        columns={COLUMNS}
        rowId={(row) => row.personId}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as LeaversSearch['sort'], dir: sort.direction })}
        opened={person}
        open={(next, replace) => set({ person: next }, replace)}
        rowActions={rowActions}
        renderActions={(selected) => <LeaverBulkActions selected={selected} markDone={setMarking} />}
        renderPanel={(personId, close) => <LeaverPanel personId={personId} onClose={close} />}
        empty={
          <ListEmpty what="leavers" {...filters}>
            <NoLeavers client={client} />
          </ListEmpty>
        }
      />
      <MarkChanges people={marking} close={() => setMarking(null)} />
    </PageFrame>
  )
}
