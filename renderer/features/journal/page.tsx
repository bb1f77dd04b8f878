import { IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import { useMemo, type ReactElement } from 'react'

import type { JournalEntryView } from '../../../shared/contract/journal.ts'
import { api, query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { visibleText } from '../../ui/text.ts'
import { makeColumns } from './columns.tsx'

/** The list has one order: newest first. */
const SORT = { by: 'at', direction: 'desc' } as const

/** What people did here, newest first: each act can be undone here, or the row says why not. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/changes/audit')
  const { client, q } = search
  const filters = toFilters(search, set, ['q'])
  const columns = useMemo(() => makeColumns(undo), [])
  return (
    <PageFrame title="Changes" fill tabs={<AreaTabs label="Changes" />}>
      <FilterBar {...filters.bar('Search the audit log')} />
      <DataTable
        id="journal"
        label="Audit log"
        noun={['entry', 'entries']}
        source={toListSource({ client, search: q }, (input) => query.journal.list.queryOptions({ input }))}
        columns={columns}
        rowId={(row) => String(row.entry)}
        sort={SORT}
        rowActions={(row) => [
          { label: 'Undo', icon: IconArrowBackUp, run: () => undo(row), blocked: row.whyNot ?? undefined },
        ]}
        empty={
          <ListEmpty what="entries" {...filters}>
            <Empty icon={IconHistory} title="No entries">
              Each decision, export and change at a provider is recorded here.
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}

function undo({ entry, says, subject }: JournalEntryView): void {
  api.journal
    .undo({ entry })
    .then(() => notifyDone({ message: `Undid: ${says}, ${visibleText(subject)}` }))
    .catch(notifyFailed)
}
