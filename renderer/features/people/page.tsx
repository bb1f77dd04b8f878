import { IconFileImport, IconKey, IconShieldHalf } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useNavigate } from '@tanstack/react-router'

import { PEOPLE } from '../../../shared/nouns/people.ts'
import { query } from '../../data/api.ts'
import { toList } from '../../data/list-props.ts'
import { useScope } from '../../data/scope.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { COLUMNS } from './columns.tsx'
import { PeopleFilters } from './filters.tsx'
import { MatchesView } from './matches-view.tsx'
import { PersonPanel } from './panel.tsx'
import type { PersonRow } from '../../../shared/contract/people.ts'
import { makeCopyAction } from '../../entities/copy-action.ts'
import type { RowAction } from '../../ui/table/row-actions.tsx'

/** People in scope, and possible duplicates among them. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/people')
  const { client } = useScope()
  const open = useQuery(query.people.matches.queryOptions({ input: { client, limit: 0 } })).data?.total
  const view = search.view ?? 'list'
  return (
    <PageFrame
      title="People"
      fill={view === 'list'}
      tabs={<AreaTabs label="People" counts={{ 'Possible duplicates': open }} />}
      actions={
        <ButtonLink
          to="/files"
          search={(now) => ({ client: now.client, view: 'personnel' as const })}
          variant="default"
          leftSection={<IconFileImport size={14} aria-hidden />}
        >
          Import HR file
        </ButtonLink>
      }
    >
      {view === 'matches' ? (
        <MatchesView
          state={search.matches ?? 'open'}
          show={(matches) => set({ matches: matches === 'open' ? undefined : matches })}
        />
      ) : (
        <People />
      )}
    </PageFrame>
  )
}

/** The list of people with their access, and everything about one of them beside it. */
function People(): ReactElement {
  const [search, set] = useSearchState('/people')
  const { list, filters, viewParams } = toList(PEOPLE, search, set, (input) =>
    query.people.list.queryOptions({ input }),
  )
  const rowActions = usePersonActions()
  return (
    <TableAndPanel
      filters={
        <>
          <ViewTabs list="people" table="people" search={search} params={viewParams} set={set} />
          <PeopleFilters {...filters} />
        </>
      }
      {...list}
      columns={COLUMNS}
      rowId={(row) => row.personId}
      opened={search.person}
      open={(next, replace) => set({ person: next }, replace)}
      rowActions={rowActions}
      renderPanel={(personId, close) => <PersonPanel personId={personId} onClose={close} />}
      empty={<ListEmpty what="people" {...filters} />}
    />
  )
}

function usePersonActions(): (row: PersonRow) => readonly RowAction[] {
  const navigate = useNavigate()
  return ({ personId, email }) => [
    {
      label: 'Show access',
      icon: IconShieldHalf,
      run: () => void navigate({ to: '/people/access', search: { person: personId } }),
    },
    { label: 'Show keys', icon: IconKey, run: () => void navigate({ to: '/keys', search: { owner: personId } }) },
    ...(email === null ? [] : [makeCopyAction('e-mail address', email)]),
  ]
}
