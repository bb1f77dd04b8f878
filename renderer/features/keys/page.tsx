import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { KEY_COLUMNS } from './columns.tsx'
import { KEY_FILTERS, KeyFilters } from './filters.tsx'
import { KeyPanel } from './panel.tsx'
import type { KeysSearch } from './search.ts'

/** Keys in scope: owner, age, last use and due date; everything about one of them beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/keys')
  const { q, owner, key, sort: by = 'due', dir: direction = 'asc', ...filter } = search
  const filters = toFilters(search, set, KEY_FILTERS)
  return (
    <PageFrame title="Keys" fill tabs={<AreaTabs label="Keys" />}>
      <TableAndPanel
        filters={<KeyFilters {...filters} />}
        id="keys"
        label="Keys"
        noun={['key', 'keys']}
        source={toListSource({ ...filter, search: q, person: owner, sort: { by, direction } }, (input) =>
          query.keys.list.queryOptions({ input }),
        )}
        columns={KEY_COLUMNS}
        rowId={(row) => row.keyId}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as KeysSearch['sort'], dir: sort.direction })}
        opened={key}
        open={(next) => set({ key: next })}
        renderPanel={(keyId, close) => <KeyPanel keyId={keyId} onClose={close} />}
        empty={<ListEmpty what="keys" {...filters} />}
      />
    </PageFrame>
  )
}
