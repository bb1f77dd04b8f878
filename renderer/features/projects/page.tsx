import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, type Choice } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { COLUMNS } from './columns.tsx'
import { ProjectPanel } from './panel.tsx'
import type { ProjectsSearch } from './search.ts'

const route = getRouteApi('/projects')

const FILTERS = ['q', 'connection', 'status'] as const

const STATUSES: readonly Choice<ProjectRow['status']>[] = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
]

const idOf = (row: ProjectRow): string => String(row.projectId)

/** Projects in scope, and everything about one of them beside the list. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: ProjectsSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const close = (): void => set({ project: undefined })
  const by = search.sort ?? 'name'
  const direction = search.dir ?? 'asc'
  const { q, connection, status } = search
  const source = useMemo((): ListSource<ProjectRow> => {
    const input = { client, search: q, connection, status, sort: { by, direction } }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.projects.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, connection, status, by, direction])
  const clear = (): void => set(cleared(FILTERS))
  return (
    <PageFrame title="Projects" fill>
      <ListAndPanel
        filters={
          <FilterBar
            search={{
              label: 'Search projects',
              value: q ?? '',
              onChange: (text) => set({ q: textOrNone(text) }, true),
            }}
            filtered={filteredBy(search, FILTERS)}
            onClear={clear}
          >
            <FilterChip label="Status" value={status} choices={STATUSES} onChange={(next) => set({ status: next })} />
            <ConnectionChip value={connection} onChange={(next) => set({ connection: next })} />
          </FilterBar>
        }
        focusList={() => table.current?.focus()}
        list={
          <DataTable
            handle={table}
            id="projects"
            label="Projects"
            noun={['project', 'projects']}
            source={source}
            columns={COLUMNS}
            rowId={idOf}
            sort={{ by, direction }}
            onSort={(sort) => set({ sort: sort.by as ProjectsSearch['sort'], dir: sort.direction })}
            openId={search.project === undefined ? undefined : String(search.project)}
            onOpen={(row) => set({ project: row.projectId })}
            onEscape={close}
            empty={<ListEmpty what="projects" filtered={filteredBy(search, FILTERS)} onClear={clear} />}
          />
        }
        panel={
          search.project === undefined ? null : (
            <ProjectPanel key={search.project} projectId={search.project} onClose={close} />
          )
        }
      />
    </PageFrame>
  )
}
