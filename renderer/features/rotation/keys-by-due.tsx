import type { ReactElement, ReactNode } from 'react'

import type { KeyFilter } from '../../../shared/contract/keys.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { DueSpan } from '../../../shared/domain/due-span.ts'
import { query } from '../../data/api.ts'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import type { SetSearch } from '../../ui/table/filters.ts'
import type { Group } from '../../ui/table/row-layout.ts'
import { toListSource } from '../../ui/table/use-slices.ts'
import { KeyBulkActions } from '../keys/bulk-actions.tsx'
import { DUE_COLUMNS } from '../keys/columns.tsx'
import { KeyPanel } from '../keys/panel.tsx'
import { useKeyActions } from '../keys/row-actions.tsx'
import type { RotationSearch } from './search.ts'

/** The props that the views of rotation share. */
export interface ShownKeys {
  readonly search: RotationSearch
  readonly set: SetSearch<RotationSearch>
  /** The filter of the search params. */
  readonly filter: KeyFilter
  readonly today: Day
}

interface KeysByDueProps extends Omit<ShownKeys, 'today'> {
  readonly label: string
  /** The due days of the keys shown. */
  readonly span: DueSpan
  readonly groups?: readonly Group[] | undefined
  readonly filters: ReactNode
  readonly above?: ReactNode
  readonly empty: ReactNode
}

/** Keys due in a span of days, the earliest first unless sorted otherwise, with the actions on them. */
export function KeysByDue(props: KeysByDueProps): ReactElement {
  const { search, set, filter, label, span, groups, filters, above, empty } = props
  const { key, sort: by = 'due', dir: direction = 'asc' } = search
  const sort = { by, direction }
  const { rowActions, dialog } = useKeyActions()
  return (
    <>
      <TableAndPanel
        filters={filters}
        above={above}
        id="rotation"
        label={label}
        noun={['key', 'keys']}
        source={toListSource({ ...filter, ...span, sort }, (input) => query.keys.list.queryOptions({ input }))}
        columns={DUE_COLUMNS}
        rowId={(row) => row.keyId}
        sort={sort}
        onSort={(next) => set({ sort: next.by as RotationSearch['sort'], dir: next.direction })}
        {...(groups === undefined ? {} : { groups })}
        opened={key}
        open={(next, replace) => set({ key: next }, replace)}
        rowActions={rowActions}
        renderActions={(selected) => <KeyBulkActions selected={selected} />}
        renderPanel={(keyId, close) => <KeyPanel keyId={keyId} onClose={close} />}
        empty={empty}
      />
      {dialog}
    </>
  )
}
