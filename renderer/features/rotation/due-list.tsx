import { IconCalendarOff } from '@tabler/icons-react'
import { useMemo, type ReactElement, type Ref } from 'react'
import { useQueries } from '@tanstack/react-query'

import type { KeyRow } from '../../../shared/contract/keys.ts'
import { useScope } from '../../data/scope.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import type { Group } from '../../ui/table/row-layout.ts'
import { DUE_COLUMNS } from '../keys/columns.tsx'
import { dueSource, type Stretch } from './due-source.ts'
import { query } from '../../data/api.ts'

/** Cumulative counts of the keys by due date; each includes the one before. */
interface DueCounts {
  readonly overdue: number
  /** Due within 7 days, overdue ones included. */
  readonly week: number
  /** Due within 30 days, overdue ones included. */
  readonly month: number
  /** All keys with a due date. */
  readonly dated: number
  /** All keys. */
  readonly all: number
}

const WEEK_DAYS = 7
const MONTH_DAYS = 30

/**
 * The groups of the due list, in the order of its rows. Counts read at different moments never make a negative group.
 */
export function getGroups(counts: DueCounts): readonly Group[] {
  const week = Math.max(counts.overdue, counts.week)
  const month = Math.max(week, counts.month)
  const dated = Math.max(month, counts.dated)
  return [
    { id: 'overdue', label: 'Overdue', count: counts.overdue },
    { id: 'week', label: 'Within a week', count: week - counts.overdue },
    { id: 'month', label: 'Within a month', count: month - week },
    { id: 'later', label: 'Later', count: dated - month },
    { id: 'unknown', label: 'No due date', count: Math.max(0, counts.all - dated) },
  ]
}

interface OpenKey {
  readonly openId: string | undefined
  readonly open: (keyId: number) => void
  readonly close: () => void
  readonly handle: Ref<TableHandle>
}

const getId = (row: KeyRow): string => String(row.keyId)

const SORT = { by: 'due', direction: 'asc' } as const

interface KeysByDueProps extends OpenKey {
  readonly id: string
  readonly label: string
  readonly stretch: Stretch | null
  readonly groups?: readonly Group[]
  readonly empty: ReactElement
}

function KeysByDue({ id, label, stretch, groups, empty, openId, open, close, handle }: KeysByDueProps): ReactElement {
  const { client } = useScope()
  const source = useMemo(() => dueSource(client, stretch), [client, stretch])
  return (
    <DataTable
      handle={handle}
      id={id}
      label={label}
      noun={['key', 'keys']}
      source={source}
      columns={DUE_COLUMNS}
      rowId={getId}
      sort={SORT}
      {...(groups === undefined ? {} : { groups })}
      openId={openId}
      onOpen={(row) => open(row.keyId)}
      onEscape={close}
      empty={empty}
    />
  )
}

/** All keys by due date, in groups by urgency. */
export function DueList(props: OpenKey): ReactElement {
  const { client } = useScope()
  const { counts, error, retry } = useDueCounts(client)
  const groups = useMemo(() => (counts === null ? [] : getGroups(counts)), [counts])
  if (error !== null) return <Failed error={error} retry={retry} />
  if (counts === null) return <Loading what="due keys" rows={14} />
  return (
    <KeysByDue
      {...props}
      id="rotation"
      label="Keys by due date"
      stretch={null}
      groups={groups}
      empty={<ListEmpty what="keys" filtered={false} onClear={props.close} />}
    />
  )
}

interface DayListProps extends OpenKey {
  readonly stretch: Stretch
  readonly label: string
}

/** The keys that are due on one day. */
export function DayList({ stretch, label, ...props }: DayListProps): ReactElement {
  return (
    <KeysByDue
      {...props}
      id="rotation"
      label={label}
      stretch={stretch}
      empty={<Empty icon={IconCalendarOff} title="No key is due on this day" />}
    />
  )
}

interface DueCountsAnswer {
  /** Null until all are read. */
  readonly counts: DueCounts | null
  readonly error: unknown
  readonly retry: () => void
}

/** The number of keys in each group of the due list; no rows are read for it. */
function useDueCounts(client: string | undefined): DueCountsAnswer {
  const keys = (rotation: 'overdue' | undefined) =>
    query.keys.list.queryOptions({ input: { client, rotation, limit: 0 } })
  const due = (within: number | undefined) => query.rotation.due.queryOptions({ input: { client, within, limit: 0 } })
  const [overdue, all, week, month, dated] = useQueries({
    queries: [keys('overdue'), keys(undefined), due(WEEK_DAYS), due(MONTH_DAYS), due(undefined)],
  })
  const results = [overdue, all, week, month, dated]
  return {
    counts:
      overdue.data && all.data && week.data && month.data && dated.data
        ? {
            overdue: overdue.data.total,
            week: week.data.total,
            month: month.data.total,
            dated: dated.data.total,
            all: all.data.total,
          }
        : null,
    error: results.find((result) => result.error !== null)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
  }
}
