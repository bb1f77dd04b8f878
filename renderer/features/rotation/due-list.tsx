import { IconCalendarCheck, IconCircleCheck } from '@tabler/icons-react'
import { useMemo, type ReactElement } from 'react'

import { findDueSpan, type DueList as DueListName } from '../../../shared/domain/due-span.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty } from '../../ui/states.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { KeyFilters, RotationChip } from '../keys/filters.tsx'
import { makeGroups, type DueCounts } from './due.ts'
import { KeysByDue, type ShownKeys } from './keys-by-due.tsx'
import { KEPT_FILTERS } from './search.ts'

const LABELS: Readonly<Record<DueListName, string>> = {
  week: 'Keys due this week',
  overdue: 'Overdue keys',
  all: 'All keys by due date',
}

interface DueListProps extends ShownKeys {
  readonly view: DueListName
  /** Null until they are read. */
  readonly counts: DueCounts | null
  /** True if the counts are those of another filter, under whose headings other keys would be put. */
  readonly isKept: boolean
}

/** The keys of a view by due day; all of them in groups by urgency. */
export function DueList({ view, counts, isKept, ...shown }: DueListProps): ReactElement {
  const { search, set, filter, today } = shown
  const span = findDueSpan(view, today)
  const filters = toFilters(search, set, view === 'all' ? [...KEPT_FILTERS, 'rotation'] : KEPT_FILTERS)
  const isByDue = (search.sort ?? 'due') === 'due' && (search.dir ?? 'asc') === 'asc'
  const groups = useMemo(
    () => (view === 'all' && isByDue && counts !== null && !isKept ? makeGroups(counts) : undefined),
    [view, isByDue, counts, isKept],
  )
  return (
    <KeysByDue
      {...shown}
      label={LABELS[view]}
      span={span}
      groups={groups}
      filters={
        <KeyFilters {...filters} filter={{ ...filter, ...span }}>
          {view === 'all' ? <RotationChip filter={filter} {...filters.chip('rotation')} /> : null}
        </KeyFilters>
      }
      empty={
        <ListEmpty what="keys" {...filters}>
          {counts === null || counts.all === 0 ? undefined : <NothingDue view={view} counts={counts} />}
        </ListEmpty>
      }
    />
  )
}

interface NothingDueProps {
  readonly view: DueListName
  readonly counts: DueCounts
}

/** A view without keys while there are others, and where to go on. */
function NothingDue({ view, counts }: NothingDueProps): ReactElement {
  if (view === 'overdue') {
    return (
      <Empty
        icon={IconCircleCheck}
        title="No key is overdue"
        action={
          <ButtonLink to="/rotation" search={{}}>
            {counts.week === 0 ? 'View this week' : `View ${plural(counts.week, 'key')} due this week`}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <Empty
      icon={IconCalendarCheck}
      title="No key is due this week"
      action={
        counts.overdue === 0 ? (
          <ButtonLink to="/rotation" search={{ view: 'all' }}>
            View all keys by due date
          </ButtonLink>
        ) : (
          <ButtonLink to="/rotation" search={{ view: 'overdue' }}>
            {`View ${plural(counts.overdue, 'overdue key')}`}
          </ButtonLink>
        )
      }
    />
  )
}
