import { IconCalendarOff } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { formatWeekday } from '../../../shared/domain/text/dates.ts'
import { Empty } from '../../ui/states.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { KeyFilters } from '../keys/filters.tsx'
import { DueCalendar } from './calendar.tsx'
import { getMonth } from './days.ts'
import { KeysByDue, type ShownKeys } from './keys-by-due.tsx'
import classes from './rotation.module.css'
import { KEPT_FILTERS } from './search.ts'

/** A month of due days with the names of keys, and under it the keys of the selected day; today by default. */
export function CalendarView({ search, set, filter, today }: ShownKeys): ReactElement {
  const day = search.on ?? today
  const filters = toFilters(search, set, KEPT_FILTERS)
  const sheet = {
    filter,
    today,
    month: search.month ?? getMonth(day),
    setMonth: (month: string) => set({ month: getMonth(month) }, true),
    chosen: day,
    choose: (on: string) => set({ on, month: getMonth(on) }),
  }
  return (
    <KeysByDue
      search={search}
      set={set}
      filter={filter}
      span={{ dueFrom: day, dueUntil: day }}
      label={`Keys due on ${formatWeekday(day)}`}
      filters={<KeyFilters {...filters} filter={filter} />}
      above={
        <>
          <DueCalendar {...sheet} />
          <h2 className={classes['day-title']}>{formatWeekday(day)}</h2>
        </>
      }
      empty={
        <ListEmpty what="keys" {...filters} title="No key that matches the filters is due on this day">
          <Empty icon={IconCalendarOff} title="No key is due on this day" />
        </ListEmpty>
      }
    />
  )
}
