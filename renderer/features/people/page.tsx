import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import { query } from '../../app/api.ts'
import { useScope } from '../../app/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import type { PersonRow } from '../../../shared/contract/people.ts'
import { COLUMNS } from './columns.tsx'
import { PEOPLE_FILTERS, PeopleFilters } from './filters.tsx'
import { PersonPanel } from './panel.tsx'
import type { PeopleSearch } from './search.ts'

const route = getRouteApi('/people')

const idOf = (row: PersonRow): string => String(row.personId)

/** People in scope: who they are, how far their access reaches, and everything about one of them beside the list. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: PeopleSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const close = (): void => set({ person: undefined })
  const by = search.sort ?? 'name'
  const direction = search.dir ?? 'asc'
  const { q, connection, project, level, privileged, status, external } = search
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
      sort: { by, direction },
    }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.people.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, connection, project, level, privileged, status, external, by, direction])
  return (
    <PageFrame title="People" fill>
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
    </PageFrame>
  )
}
