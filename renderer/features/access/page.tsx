import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'

import type { AccessRow } from '../../../shared/contract/access.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip, FixedChip, FlagChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { AdviceView } from './recommendations-view.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { COLUMNS } from './columns.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import type { AccessSearch } from './search.ts'
import { levelWord } from '../../entities/access-labels.ts'

const route = getRouteApi('/access')

const FILTERS = ['q', 'connection', 'project', 'person', 'principal', 'level', 'privileged'] as const

const LEVEL_CHOICES = LEVELS.map((value) => ({ value, label: levelWord(value) }))

const idOf = (row: AccessRow): string => row.rowKey

const VIEWS = [
  { value: 'grants', label: 'Grants' },
  { value: 'advice', label: 'Advice' },
]

/** Who holds which role, and which smaller one would do. */
export function Page(): ReactElement {
  const { view } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Access"
      fill
      actions={
        <SegmentedControl
          aria-label="Show access"
          value={view ?? 'grants'}
          data={VIEWS}
          onChange={(value) =>
            void navigate({ search: ({ q }) => ({ q, view: value === 'advice' ? ('advice' as const) : undefined }) })
          }
        />
      }
    >
      {view === 'advice' ? <AdviceView /> : <Grants />}
    </PageFrame>
  )
}

/** Every effective grant in scope with its path: direct, through a group, through an organization role. */
function Grants(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const set = (change: AccessSearch): void => void navigate({ search: (now) => ({ ...now, ...change }) })
  const by = search.sort ?? 'client'
  const direction = search.dir ?? 'asc'
  const { q, connection, project, person, principal, level, privileged } = search
  const source = useMemo((): ListSource<AccessRow> => {
    const input = {
      client,
      search: q,
      connection,
      project,
      person,
      principal,
      level,
      privileged,
      sort: { by, direction },
    }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.access.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, connection, project, person, principal, level, privileged, by, direction])
  const clear = (): void => set(cleared(FILTERS))
  const open = (row: AccessRow): void => {
    // A grant has no panel of its own: it is a person's, else a project's.
    if (row.principal.personId !== null) void navigate({ to: '/people', search: { person: row.principal.personId } })
    else if (row.project !== null) void navigate({ to: '/projects', search: { project: row.project.id } })
  }
  return (
    <>
      <FilterBar
        search={{
          label: 'Search grants',
          value: q ?? '',
          onChange: (text) => void navigate({ search: (now) => ({ ...now, q: textOrNone(text) }), replace: true }),
        }}
        filtered={filteredBy(search, FILTERS)}
        onClear={clear}
      >
        <FlagChip
          label="Privileged"
          value={privileged}
          yes="Owners and admins"
          no="All others"
          onChange={(next) => set({ privileged: next })}
        />
        <FilterChip label="Level" value={level} choices={LEVEL_CHOICES} onChange={(next) => set({ level: next })} />
        <ConnectionChip value={connection} onChange={(next) => set({ connection: next })} />
        <ProjectChip value={project} onRemove={() => set({ project: undefined })} />
        <PersonChip value={person} onRemove={() => set({ person: undefined })} />
        {principal === undefined ? null : (
          <FixedChip label="Account" onRemove={() => set({ principal: undefined })}>
            {`number ${principal}`}
          </FixedChip>
        )}
      </FilterBar>
      <DataTable
        id="access"
        label="Effective grants"
        noun={['grant', 'grants']}
        source={source}
        columns={COLUMNS}
        rowId={idOf}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as AccessSearch['sort'], dir: sort.direction })}
        onOpen={open}
        empty={<ListEmpty what="grants" filtered={filteredBy(search, FILTERS)} onClear={clear} />}
      />
    </>
  )
}
