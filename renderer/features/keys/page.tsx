import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { KEY_COLUMNS } from './columns.tsx'
import { KEY_FILTERS, KeyFilters } from './filters.tsx'
import { KeyPanel } from './panel.tsx'
import type { KeysSearch } from './search.ts'

const route = getRouteApi('/keys')

const idOf = (row: KeyRow): string => String(row.keyId)

/** Keys in scope: whose they are, how old, when used and when due; everything about one of them beside the list. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: KeysSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const close = (): void => set({ key: undefined })
  const by = search.sort ?? 'due'
  const direction = search.dir ?? 'asc'
  const { q, connection, project, owner, kind, rotation, flag, environment, status } = search
  const source = useMemo((): ListSource<KeyRow> => {
    const input = {
      client,
      search: q,
      connection,
      project,
      person: owner,
      kind,
      rotation,
      flag,
      environment,
      status,
      sort: { by, direction },
    }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.keys.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, connection, project, owner, kind, rotation, flag, environment, status, by, direction])
  return (
    <PageFrame title="Keys" fill>
      <ListAndPanel
        filters={<KeyFilters search={search} set={set} />}
        focusList={() => table.current?.focus()}
        list={
          <DataTable
            handle={table}
            id="keys"
            label="Keys"
            noun={['key', 'keys']}
            source={source}
            columns={KEY_COLUMNS}
            rowId={idOf}
            sort={{ by, direction }}
            onSort={(sort) => set({ sort: sort.by as KeysSearch['sort'], dir: sort.direction })}
            openId={search.key === undefined ? undefined : String(search.key)}
            onOpen={(row) => set({ key: row.keyId })}
            onEscape={close}
            empty={
              <ListEmpty
                what="keys"
                filtered={filteredBy(search, KEY_FILTERS)}
                onClear={() => set(cleared(KEY_FILTERS))}
              />
            }
          />
        }
        panel={search.key === undefined ? null : <KeyPanel key={search.key} keyId={search.key} onClose={close} />}
      />
    </PageFrame>
  )
}
