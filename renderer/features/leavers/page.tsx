import { useState, type ReactElement } from 'react'

import { type LeaverRow, LEAVERS } from '../../../shared/nouns/leavers.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { LeaverBulkActions } from './bulk-actions.tsx'
import { COLUMNS } from './columns.tsx'
import { CopyReport } from './copy-report.tsx'
import { MarkChanges } from './mark-done.tsx'
import { NoLeavers } from './no-leavers.tsx'
import { LeaverPanel } from './panel.tsx'
import { useLeaverActions } from './row-actions.ts'
import { STATE_CHOICES } from './labels.ts'

/** People who left, with their remaining access in every connection of every client. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/leavers')
  const { list, filters } = toList(LEAVERS, search, set, (input) => query.leavers.list.queryOptions({ input }))
  const [marking, setMarking] = useState<readonly LeaverRow[] | null>(null)
  const rowActions = useLeaverActions(setMarking)
  return (
    <PageFrame
      title="Leavers"
      fill
      actions={<CopyReport label="Copy the report as Markdown" input={{ client: search.client }} />}
    >
      <TableAndPanel
        filters={
          <FilterBar {...filters.bar('Search leavers')}>
            <FilterChip label="State" choices={STATE_CHOICES} {...filters.chip('state')} />
          </FilterBar>
        }
        {...list}
        columns={COLUMNS}
        rowId={(row) => row.personId}
        opened={search.person}
        open={(next, replace) => set({ person: next }, replace)}
        rowActions={rowActions}
        renderActions={(selected) => <LeaverBulkActions selected={selected} markDone={setMarking} />}
        renderPanel={(personId, close) => <LeaverPanel personId={personId} onClose={close} />}
        empty={
          <ListEmpty what="leavers" {...filters}>
            <NoLeavers client={search.client} />
          </ListEmpty>
        }
      />
      <MarkChanges people={marking} close={() => setMarking(null)} />
    </PageFrame>
  )
}
