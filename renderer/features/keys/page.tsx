import type { ReactElement } from 'react'

import { addDays, toLocalDay } from '../../../shared/domain/day.ts'
import { KEYS } from '../../../shared/nouns/keys.ts'
import { query } from '../../data/api.ts'
import { toFilter } from '../../data/search-params.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { useNow } from '../../ui/now.ts'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { KeyBulkActions } from './bulk-actions.tsx'
import { KEY_COLUMNS } from './columns.tsx'
import { DueChip, KEY_FILTERS, KeyFilters, RotationChip } from './filters.tsx'
import { KeyPanel } from './panel.tsx'
import { useKeyActions } from './row-actions.tsx'
import type { KeysSearch } from './search.ts'

const VIEW_PARAMS = [...KEY_FILTERS, 'sort', 'dir']

/** Keys in scope: owner, age, last use and due date; everything about one of them beside the list. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/keys')
  const today = toLocalDay(useNow())
  const { key, within, sort: by = 'due', dir: direction = 'asc' } = search
  const filter = { ...toFilter(KEYS, search), dueUntil: within === undefined ? undefined : addDays(today, within) }
  const { rowActions, dialog } = useKeyActions()
  const filters = toFilters(search, set, KEY_FILTERS)
  return (
    <PageFrame title="Keys" fill tabs={<AreaTabs label="Keys" />}>
      <TableAndPanel
        filters={
          <>
            <ViewTabs list="keys" table="keys" search={search} params={VIEW_PARAMS} set={set} />
            <KeyFilters {...filters} filter={filter}>
              <RotationChip filter={filter} {...filters.chip('rotation')} />
              <DueChip {...filters.chip('within')} />
            </KeyFilters>
          </>
        }
        id="keys"
        label="Keys"
        noun={['key', 'keys']}
        source={toListSource({ ...filter, sort: { by, direction } }, (input) =>
          query.keys.list.queryOptions({ input }),
        )}
        columns={KEY_COLUMNS}
        rowId={(row) => row.keyId}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as KeysSearch['sort'], dir: sort.direction })}
        opened={key}
        open={(next, replace) => set({ key: next }, replace)}
        rowActions={rowActions}
        renderActions={(selected) => <KeyBulkActions selected={selected} />}
        renderPanel={(keyId, close) => <KeyPanel keyId={keyId} onClose={close} />}
        empty={<ListEmpty what="keys" {...filters} />}
      />
      {dialog}
    </PageFrame>
  )
}
