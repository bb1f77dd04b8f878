import { IconClipboardOff } from '@tabler/icons-react'
import { useMemo, type KeyboardEvent, type ReactElement, type Ref } from 'react'

import type { ReviewItem, ReviewRow } from '../../../shared/contract/reviews.ts'
import { Empty } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { itemColumns } from './item-columns.tsx'
import { ITEM_FILTERS, type ReviewsSearch, type SetSearch } from './search.ts'
import { isClosed } from '../../entities/review-labels.ts'

interface ItemListProps {
  readonly row: ReviewRow
  /** Its items are in several connections. */
  readonly ofSeveral: boolean
  readonly source: ListSource<ReviewItem>
  readonly search: ReviewsSearch
  readonly set: SetSearch
  readonly handle: Ref<TableHandle>
  readonly onOpen: (item: ReviewItem) => void
  readonly onEscape: () => void
  readonly onKey: (event: KeyboardEvent, item: ReviewItem) => boolean
}

/** The items of a review, frozen when it was opened. */
export function ItemList({ row, ofSeveral, source, search, set, ...rest }: ItemListProps): ReactElement {
  const ofKeys = row.kind === 'keys'
  const closed = isClosed(row)
  const columns = useMemo(() => itemColumns(ofKeys, closed, ofSeveral), [ofKeys, closed, ofSeveral])
  const { sort = 'position', dir = 'asc' } = search
  const filters = toFilters(search, set, ITEM_FILTERS)
  return (
    <DataTable
      id={ofKeys ? 'review-keys' : 'review-items'}
      label="Items of the review"
      noun={['item', 'items']}
      source={source}
      columns={columns}
      rowId={(item) => String(item.itemId)}
      sort={{ by: sort, direction: dir }}
      onSort={(next) => set({ sort: next.by as ReviewsSearch['sort'], dir: next.direction })}
      openId={search.item === undefined ? undefined : String(search.item)}
      empty={
        <ListEmpty what="items" {...filters}>
          <Empty icon={IconClipboardOff} title="Nothing to decide">
            The review was closed when it was opened. It counts as done for its period.
          </Empty>
        </ListEmpty>
      }
      {...rest}
    />
  )
}
