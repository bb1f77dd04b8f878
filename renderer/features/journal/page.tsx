import { IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import type { JournalEntryView } from '../../../shared/contract/journal.ts'
import { api, query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyDone } from '../../ui/notify.tsx'
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

/** The acts of people here, newest first. Each entry can be undone here, or its row shows why not. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/changes/audit')
  const { client, q } = search
  const filters = toFilters(search, set, ['q'])
  const [undoing, setUndoing] = useState<JournalEntryView | null>(null)
  const columns = makeColumns(setUndoing)
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
          {
            label: 'Undo entry',
            icon: IconArrowBackUp,
            run: () => setUndoing(row),
            blocked: row.whyNot ?? undefined,
          },
        ]}
        empty={
          <ListEmpty what="entries" {...filters}>
            <Empty icon={IconHistory} title="No entries">
              Each decision, export and change at a provider is recorded here.
            </Empty>
          </ListEmpty>
        }
      />
      <UndoEntry entry={undoing} close={() => setUndoing(null)} />
    </PageFrame>
  )
}

interface UndoEntryProps {
  /** Null while none is being undone. */
  readonly entry: JournalEntryView | null
  readonly close: () => void
}

/** Asks before an entry is undone: not every undo can be undone itself. */
function UndoEntry({ entry, close }: UndoEntryProps): ReactElement {
  const undo = async (): Promise<void> => {
    if (entry === null) return
    const { undone } = await api.journal.undo({ entry: entry.entry })
    notifyDone({ message: `Undid entry ${undone.entry}: ${undone.says}: ${visibleText(undone.subject)}` })
  }
  return (
    <Confirm opened={entry !== null} close={close} title="Undo entry" verb="Undo entry" act={undo}>
      <p>
        {entry?.says}: <Named text={entry?.subject} />
      </p>
      <p>What it changed is then as before. The entry stays, and the undo is recorded as another one.</p>
    </Confirm>
  )
}
