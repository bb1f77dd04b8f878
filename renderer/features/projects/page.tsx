import type { ReactElement } from 'react'

import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, type Choice } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { COLUMNS } from './columns.tsx'
import { ProjectPanel } from './panel.tsx'
import type { ProjectsSearch } from './search.ts'

const STATUSES: readonly Choice<ProjectRow['status']>[] = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
]

/** Projects in scope, and everything about one of them beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/projects')
  const { q, project, sort: by = 'name', dir: direction = 'asc', ...filter } = search
  const filters = toFilters(search, set, ['q', 'connection', 'status'])
  return (
    <PageFrame title="Projects" fill tabs={<AreaTabs label="Projects" />}>
      <TableAndPanel
        filters={
          <FilterBar {...filters.bar('Search projects')}>
            <FilterChip label="Status" choices={STATUSES} {...filters.chip('status')} />
            <ConnectionChip {...filters.chip('connection')} />
          </FilterBar>
        }
        id="projects"
        label="Projects"
        noun={['project', 'projects']}
        source={toListSource({ ...filter, search: q, sort: { by, direction } }, (input) =>
          query.projects.list.queryOptions({ input }),
        )}
        columns={COLUMNS}
        rowId={(row) => row.projectId}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as ProjectsSearch['sort'], dir: sort.direction })}
        opened={project}
        open={(next) => set({ project: next })}
        renderPanel={(projectId, close) => <ProjectPanel projectId={projectId} onClose={close} />}
        empty={<ListEmpty what="projects" {...filters} />}
      />
    </PageFrame>
  )
}
