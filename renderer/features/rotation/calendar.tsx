import { Button } from '@mantine/core'
import { Calendar } from '@mantine/dates'
import { useMemo, type ReactElement } from 'react'

import type { KeyFilter } from '../../../shared/contract/keys.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { formatMonth, formatWeekday } from '../../../shared/domain/text/dates.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { rotationWord } from '../../ui/words.ts'
import { makeSheets, stateWord, toSheet, type DaySheet } from './days.ts'
import classes from './rotation.module.css'

interface DueCalendarProps {
  readonly filter: KeyFilter
  readonly today: Day
  /** First day of the month shown. */
  readonly month: Day
  readonly setMonth: (month: Day) => void
  readonly chosen: Day
  readonly choose: (day: Day) => void
}

/** The most keys that a day names. */
const MOST_NAMES = 2

const NONE: readonly never[] = []
const EMPTY: DaySheet = { counts: [], named: [], more: 0 }

/** A month of due days with their keys by client. Arrows move between days, Enter selects one. */
export function DueCalendar({ filter, today, month, setMonth, chosen, choose }: DueCalendarProps): ReactElement {
  const calendar = useQuery({
    ...query.rotation.calendar.queryOptions({ input: { ...filter, ...toSheet(month) } }),
    placeholderData: keepAnswer({ client: filter.client }),
  })
  const days = calendar.data ?? NONE
  const sheets = useMemo(() => makeSheets(days, MOST_NAMES), [days])
  return (
    <div className={classes['calendar']} aria-busy={calendar.isFetching}>
      {calendar.error ? <Failed error={calendar.error} retry={() => void calendar.refetch()} /> : null}
      <Button variant="default" size="compact-sm" className={classes['to-today'] ?? ''} onClick={() => choose(today)}>
        Today
      </Button>
      <Calendar
        fullWidth
        withCellSpacing={false}
        highlightToday
        maxLevel="year"
        date={month}
        onDateChange={setMonth}
        ariaLabels={{
          previousMonth: 'Previous month',
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
          // The day button itself has the day, its counts and names as its name.
          'aria-label': undefined,
          onClick: () => choose(day),
        })}
        renderDay={(day) => (
          <Sheet day={day} sheet={sheets.get(day) ?? EMPTY} withClients={filter.client === undefined} />
        )}
      />
    </div>
  )
}

interface SheetProps {
  readonly day: Day
  readonly sheet: DaySheet
  /** True if the keys are of several clients. */
  readonly withClients: boolean
}

/** A day: its date in full for assistive technology, its counts by state, and as many keys as it has room for. */
function Sheet({ day, sheet: { counts, named, more }, withClients }: SheetProps): ReactElement {
  return (
    <span className={classes['day-sheet']}>
      <span className={classes['day-head']}>
        <span className={classes['day-number']} aria-hidden>
          {Number(day.slice(8))}
        </span>
        <span className="c-visually-hidden">{`${formatWeekday(day)}, ${counts.length === 0 ? 'no key due' : ''}`}</span>
        {counts.map(({ state, count }) => (
          <Status key={state} tone={rotationWord(state).tone} plain>
            {`${wholeNumber(count)} ${stateWord(state)}`}
          </Status>
        ))}
      </span>
      {named.map(({ client, names }) => (
        <span key={client.slug} className={classes['day-names']}>
          {withClients ? <ClientMark client={client} /> : null}
          {names.map((name, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- two keys may have the same name
            <span key={place} className="c-cut">
              <Named text={name} otherwise="No name" />
            </span>
          ))}
        </span>
      ))}
      {more === 0 ? null : <span className={classes['day-more']}>{`${wholeNumber(more)} more…`}</span>}
    </span>
  )
}
