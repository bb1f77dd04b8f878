import type { ReactElement } from 'react'
import { IconKey, IconShieldHalf } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

import type { ProjectRow } from '../../../shared/contract/projects.ts'
import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import type { Choice } from '../../ui/table/filter-chip.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { COLUMNS } from './columns.tsx'
import { ProjectPanel } from './panel.tsx'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

const STATUSES: readonly Choice<ProjectRow['status']>[] = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
]

/** Projects in scope, and everything about one of them beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/projects')
  const { list, filters, viewParams } = toList(PROJECTS, search, set, (input) =>
    query.projects.list.queryOptions({ input }),
  )
  const rowActions = useProjectActions()
  return (
    <PageFrame title="Projects" fill tabs={<AreaTabs label="Projects" />}>
      <TableAndPanel
        filters={
          <>
            <ViewTabs list="projects" table="projects" search={search} params={viewParams} set={set} />
            <FilterBar {...filters.bar('Search projects')}>
              <ManyChip label="Status" choices={STATUSES} {...filters.chip('status')} />
              <ConnectionChip {...filters.chip('connection')} />
            </FilterBar>
          </>
        }
        {...list}
        columns={COLUMNS}
        rowId={(row) => row.projectId}
        opened={search.project}
        open={(next, replace) => set({ project: next }, replace)}
        rowActions={rowActions}
        renderPanel={(projectId, close) => <ProjectPanel projectId={projectId} onClose={close} />}
        empty={<ListEmpty what="projects" {...filters} />}
      />
    </PageFrame>
  )
}

function useProjectActions(): (row: ProjectRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ projectId, externalId }) => [
    {
      label: 'Show access',
      icon: IconShieldHalf,
      run: () => void navigate({ to: '/projects/access', search: { project: projectId } }),
    },
    { label: 'Show keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { project: projectId } }) },
    makeCopyAction('project id', externalId),
  ]
}
