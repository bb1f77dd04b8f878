import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement, Ref } from 'react'

import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { formatWeekday } from '../../../shared/domain/text/dates.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useNow } from '../../ui/now.ts'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { DueCalendar } from './calendar.tsx'
import { getMonth } from './days.ts'
import { DayList } from './due-list.tsx'
import { stretchOfDay } from './due-source.ts'
import classes from './rotation.module.css'
import type { RotationSearch } from './search.ts'

interface CalendarViewProps {
  readonly search: RotationSearch
  readonly set: (change: RotationSearch, replace?: boolean) => void
  readonly handle: Ref<TableHandle>
}

/** A month of due dates, and under it the keys of the selected day; today by default. */
export function CalendarView({ search, set, handle }: CalendarViewProps): ReactElement {
  const today = toLocalDay(useNow())
  const day = search.on ?? today
  return (
    <div className={classes['calendar-view']}>
      <DueCalendar
        month={search.month ?? getMonth(day)}
        setMonth={(month) => set({ month: getMonth(month) }, true)}
        chosen={day}
        choose={(on) => set({ on, month: getMonth(on) })}
      />
      <DayKeys
        day={day}
        today={today}
        handle={handle}
        openId={search.key === undefined ? undefined : String(search.key)}
        open={(key) => set({ key })}
        close={() => set({ key: undefined })}
      />
    </div>
  )
}

interface DayKeysProps {
  readonly day: Day
  readonly today: Day
  readonly openId: string | undefined
  readonly open: (keyId: number) => void
  readonly close: () => void
  readonly handle: Ref<TableHandle>
}

function DayKeys({ day, today, ...list }: DayKeysProps): ReactElement {
  const { client } = useScope()
  const stretch = useQuery({
    // Derived from the calendar's query key, so that both are refetched together.
    queryKey: [...query.rotation.calendar.key(), 'stretch', client, day, today],
    queryFn: ({ signal }) => stretchOfDay(client, day, today, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <section className={classes['day-list']} aria-labelledby="rotation-day">
      <h2 id="rotation-day" className={classes['day-title']}>
        {formatWeekday(day)}
        {stretch.data ? <span className="c-quiet">{plural(stretch.data.count, 'key')}</span> : null}
      </h2>
      <Answer of={stretch} what="the day’s keys" rows={4} keep>
        {(data) => <DayList {...list} stretch={data} label={`Keys due on ${formatWeekday(day)}`} />}
      </Answer>
    </section>
  )
}
