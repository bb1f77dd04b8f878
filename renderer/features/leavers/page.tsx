import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { COLUMNS } from './columns.tsx'
import { CopyReport } from './copy-report.tsx'
import { LeaversEmpty } from './empty.tsx'
import { LeaverPanel } from './panel.tsx'
import type { LeaversSearch } from './search.ts'
import { STATE_CHOICES } from './words.ts'

const route = getRouteApi('/leavers')

const FILTERS = ['q', 'state'] as const

const idOf = (row: LeaverRow): string => String(row.personId)

/** People who have left, with what still stands in their name in every connection of every client. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: LeaversSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const close = (): void => set({ person: undefined })
  const by = search.sort ?? 'pressing'
  const direction = search.dir ?? 'asc'
  const { q, state } = search
  const source = useMemo((): ListSource<LeaverRow> => {
    const input = { client, search: q, state, sort: { by, direction } }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.leavers.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, state, by, direction])
  const clear = (): void => set(cleared(FILTERS))
  return (
    <PageFrame title="Leavers" fill actions={<CopyReport label="Copy the report as Markdown" input={{ client }} />}>
      <ListAndPanel
        filters={
          <FilterBar
            search={{
              label: 'Search leavers',
              value: q ?? '',
              onChange: (text) => set({ q: textOrNone(text) }, true),
            }}
            filtered={filteredBy(search, FILTERS)}
            onClear={clear}
          >
            <FilterChip label="State" value={state} choices={STATE_CHOICES} onChange={(next) => set({ state: next })} />
          </FilterBar>
        }
        focusList={() => table.current?.focus()}
        list={
          <DataTable
            handle={table}
            id="leavers"
            label="Leavers"
            noun={['leaver', 'leavers']}
            source={source}
            columns={COLUMNS}
            rowId={idOf}
            sort={{ by, direction }}
            onSort={(sort) => set({ sort: sort.by as LeaversSearch['sort'], dir: sort.direction })}
            openId={search.person === undefined ? undefined : String(search.person)}
            onOpen={(row) => set({ person: row.personId })}
            onEscape={close}
            empty={<LeaversEmpty filtered={filteredBy(search, FILTERS)} onClear={clear} />}
          />
        }
        panel={
          search.person === undefined ? null : (
            <LeaverPanel key={search.person} personId={search.person} onClose={close} />
          )
        }
      />
    </PageFrame>
  )
}
