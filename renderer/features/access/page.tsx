import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { IconFolder, IconKey, IconUser } from '@tabler/icons-react'

import type { AccessRow } from '../../../shared/contract/access.ts'
import { GRANT_STATE_WORDS, GRANT_STATES, HOLDER_KINDS } from '../../../shared/domain/access/grant-state.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { ACCESS } from '../../../shared/nouns/access.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FlagChip } from '../../ui/table/filter-chip.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { AccountChip } from '../../entities/account-chip.tsx'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { COLUMNS } from './columns.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import type { AccessSearch } from './search.ts'
import { levelWord, principalWord } from '../../entities/access-labels.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

const WHO_CHOICES = HOLDER_KINDS.map((value) => ({ value, label: principalWord(value) }))

const STATE_CHOICES = GRANT_STATES.map((value) => ({ value, label: GRANT_STATE_WORDS[value] }))

const LEVEL_CHOICES = LEVELS.map((value) => ({ value, label: levelWord(value) }))

type AccessPath = '/people/access' | '/keys/access' | '/projects/access'

/** How the list is sorted by default beside people, keys and projects. */
const USUAL: Readonly<Record<AccessPath, NonNullable<AccessSearch['sort']>>> = {
  '/people/access': 'principal',
  '/keys/access': 'project',
  '/projects/access': 'project',
}

/** The page of effective access at one of its addresses, under the title of the area that it belongs to. */
export function pageAt(path: AccessPath, title: string): () => ReactElement {
  return function Page() {
    return (
      <PageFrame title={title} fill tabs={<AreaTabs label={title} />}>
        <Grants at={path} />
      </PageFrame>
    )
  }
}

/** Every grant in scope with its state and its path: direct, through a group, through an organization role. */
function Grants({ at }: { readonly at: AccessPath }): ReactElement {
  const [search, set] = useSearchState(at)
  const navigate = useNavigate()
  const { list, filters, viewParams } = toList(
    ACCESS,
    search,
    set,
    (input) => query.access.list.queryOptions({ input }),
    USUAL[at],
  )
  const { chip } = filters
  const rowActions = useGrantActions()
  const [choosesEnvironment, setChoosesEnvironment] = useState(false)
  const environments = useQuery({
    ...query.keys.counts.queryOptions({ input: { filter: { client: search.client }, by: 'environment' } }),
    enabled: choosesEnvironment,
  })
  const open = (row: AccessRow): void => {
    // A grant has no panel of its own: the person's opens, else the project's.
    if (row.principal.personId !== null) void navigate({ to: '/people', search: { person: row.principal.personId } })
    else if (row.project !== null) void navigate({ to: '/projects', search: { project: row.project.id } })
  }
  return (
    <>
      <ViewTabs list="access" table="access" search={search} params={viewParams} set={set} />
      <FilterBar {...filters.bar('Search grants')}>
        <FlagChip label="Privileged" yes="Owners and admins" no="All others" {...chip('privileged')} />
        <ManyChip
          label="Keys of environment"
          choices={(environments.data ?? []).map(({ value }) => ({ value, label: value }))}
          reading={environments}
          onOpen={() => (environments.isError ? void environments.refetch() : setChoosesEnvironment(true))}
          {...chip('environment')}
        />
        <ManyChip label="Kind of account" choices={WHO_CHOICES} {...chip('who')} />
        <ManyChip label="State" choices={STATE_CHOICES} {...chip('state')} />
        <ManyChip label="Level" choices={LEVEL_CHOICES} {...chip('level')} />
        <ConnectionChip {...chip('connection')} />
        <ProjectChip {...chip('project')} />
        <PersonChip {...chip('person')} />
        <AccountChip {...chip('principal')} />
      </FilterBar>
      <DataTable
        {...list}
        columns={COLUMNS}
        rowId={(row) => row.rowKey}
        onOpen={open}
        rowActions={rowActions}
        empty={<ListEmpty what="grants" {...filters} />}
      />
    </>
  )
}

function useGrantActions(): (row: AccessRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ principal, project }) => {
    const { personId: person, externalId } = principal
    const openProject = (id: number): RowAction => ({
      label: 'Open project',
      icon: IconFolder,
      run: () => void navigate({ to: '/projects', search: { project: id } }),
    })
    const ofPerson = (id: number): readonly RowAction[] => [
      { label: 'Open person', icon: IconUser, run: () => void navigate({ to: '/people', search: { person: id } }) },
      { label: 'Show their keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { owner: id } }) },
    ]
    return [
      ...(person === null ? [] : ofPerson(person)),
      ...(project === null ? [] : [openProject(project.id)]),
      makeCopyAction('account id', externalId),
    ]
  }
}
