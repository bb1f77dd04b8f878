import { Calendar } from '@mantine/dates'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Day } from '../../../shared/domain/day.ts'
import { formatMonth, formatWeekday } from '../../../shared/domain/text/dates.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { rotationWord } from '../../ui/words.ts'
import { countsByDay, toSheet, stateWord, type DayCount } from './days.ts'
import classes from './rotation.module.css'

interface DueCalendarProps {
  /** First day of the month shown. */
  readonly month: Day
  readonly setMonth: (month: Day) => void
  readonly chosen: Day | undefined
  readonly choose: (day: Day) => void
}

/** A month of due dates: on each day the number of due keys, by state. Arrows move between days, Enter selects one. */
export function DueCalendar({ month, setMonth, chosen, choose }: DueCalendarProps): ReactElement {
  const { client } = useScope()
  const calendar = useQuery(query.rotation.calendar.queryOptions({ input: { client, ...toSheet(month) } }))
  const counts = countsByDay(calendar.data ?? [])
  return (
    <div className={classes['calendar']} aria-busy={calendar.isFetching}>
      {calendar.error ? <Failed error={calendar.error} retry={() => void calendar.refetch()} /> : null}
      <Calendar
        fullWidth
        withCellSpacing={false}
        highlightToday
        maxLevel="year"
        date={month}
        onDateChange={setMonth}
        ariaLabels={{
          previousMonth: 'Month before',
          nextMonth: 'Next month',
          monthLevelControl: `${formatMonth(month.slice(0, 7))}, choose another month`,
        }}
        classNames={{
          calendarHeader: classes['month-head'] ?? '',
          month: classes['month'] ?? '',
          monthCell: classes['month-cell'] ?? '',
          day: classes['day'] ?? '',
        }}
        getDayProps={(day) => ({
          selected: day === chosen,
          'aria-pressed': day === chosen,
          // The day button itself has the day and its counts as its name.
          'aria-label': undefined,
          onClick: () => choose(day),
        })}
        renderDay={(day) => <DaySheet day={day} counts={counts.get(day) ?? []} />}
      />
    </div>
  )
}

/** The name of a day; weekday and month are included, since only the column and the title show them. */
function DaySheet({ day, counts }: { readonly day: Day; readonly counts: readonly DayCount[] }): ReactElement {
  return (
    <span className={classes['day-sheet']}>
      <span>
        <span className={classes['day-number']} aria-hidden>
          {Number(day.slice(8))}
        </span>
        <span className="c-visually-hidden">{`${formatWeekday(day)}, ${counts.length === 0 ? 'no key due' : ''}`}</span>
      </span>
      {counts.map(({ state, count }) => (
        <Status key={state} tone={rotationWord(state).tone} plain>
          {`${wholeNumber(count)} ${stateWord(state)}`}
        </Status>
      ))}
    </span>
  )
}
