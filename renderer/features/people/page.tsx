import { SegmentedControl } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import type { PersonRow } from '../../../shared/contract/people.ts'
import { COLUMNS } from './columns.tsx'
import { PEOPLE_FILTERS, PeopleFilters } from './filters.tsx'
import { MatchesView } from './matches-view.tsx'
import { PersonPanel } from './panel.tsx'
import type { PeopleSearch } from './search.ts'

const route = getRouteApi('/people')

const idOf = (row: PersonRow): string => String(row.personId)

/** People in scope, and who of them may be one. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const set = (change: PeopleSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const open = useQuery(query.people.matches.queryOptions({ input: { client, limit: 0 } })).data?.total
  const view = search.view ?? 'list'
  return (
    <PageFrame
      title="People"
      fill={view === 'list'}
      actions={
        <>
          <ButtonLink
            to="/files"
            search={(now) => ({ client: now.client, view: 'personnel' as const })}
            variant="default"
            leftSection={<IconFileImport size={14} aria-hidden />}
          >
            Import personnel
          </ButtonLink>
          <SegmentedControl
            aria-label="Show people"
            value={view}
            data={[
              { value: 'list', label: 'All people' },
              { value: 'matches', label: open ? `Possible matches (${wholeNumber(open)})` : 'Possible matches' },
            ]}
            onChange={(value) => set({ view: value === 'matches' ? 'matches' : undefined, person: undefined })}
          />
        </>
      }
    >
      {view === 'matches' ? (
        <MatchesView
          state={search.matches ?? 'open'}
          show={(matches) => set({ matches: matches === 'open' ? undefined : matches })}
        />
      ) : (
        <People search={search} set={set} client={client} />
      )}
    </PageFrame>
  )
}

interface PeopleProps {
  readonly search: PeopleSearch
  readonly set: (change: PeopleSearch, replace?: boolean) => void
  readonly client: string | undefined
}

/** Who they are, how far their access reaches, and everything about one of them beside the list. */
function People({ search, set, client }: PeopleProps): ReactElement {
  const table = useRef<TableHandle>(null)
  const close = (): void => set({ person: undefined })
  const by = search.sort ?? 'name'
  const direction = search.dir ?? 'asc'
  const { q, connection, project, level, privileged, status, external, departed } = search
  const source = useMemo((): ListSource<PersonRow> => {
    const input = {
      client,
      search: q,
      connection,
      project,
      level,
      privileged,
      status,
      external,
      departed,
      sort: { by, direction },
    }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.people.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, connection, project, level, privileged, status, external, departed, by, direction])
  return (
    <ListAndPanel
      filters={<PeopleFilters search={search} set={set} />}
      focusList={() => table.current?.focus()}
      list={
        <DataTable
          handle={table}
          id="people"
          label="People"
          noun={['person', 'people']}
          source={source}
          columns={COLUMNS}
          rowId={idOf}
          sort={{ by, direction }}
          onSort={(sort) => set({ sort: sort.by as PeopleSearch['sort'], dir: sort.direction })}
          openId={search.person === undefined ? undefined : String(search.person)}
          onOpen={(row) => set({ person: row.personId })}
          onEscape={close}
          empty={
            <ListEmpty
              what="people"
              filtered={filteredBy(search, PEOPLE_FILTERS)}
              onClear={() => set(cleared(PEOPLE_FILTERS))}
            />
          }
        />
      }
      panel={
        search.person === undefined ? null : (
          <PersonPanel key={search.person} personId={search.person} onClose={close} />
        )
      }
    />
  )
}
