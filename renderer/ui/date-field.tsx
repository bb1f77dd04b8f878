import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

import type { Day } from '../../shared/domain/day.ts'
import classes from './date-field.module.css'
import { useFieldCheck } from './fields/use-check.ts'
import { formatDay, parseDay } from './relative.ts'

interface DateFieldProps extends DayBounds {
  readonly label?: ReactNode
  /** The name of a field that shows no label. */
  readonly 'aria-label'?: string
  readonly description?: ReactNode
  /** In place of an example of the format. */
  readonly placeholder?: string
  /** A day, or empty text where none is chosen. */
  readonly value: Day
  /** Called with each allowed day as soon as it is written or picked, and with empty text where the field may be empty. */
  readonly onChange: (day: Day) => void
  /** Why the service refused the day. */
  readonly error?: ReactNode
  readonly disabled?: boolean
  /** The name of the field in the contract. */
  readonly name?: string
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly 'data-autofocus'?: boolean
}

/**
 * A day, written as `2 Dec 2026` or `2026-12-02`, or picked from a calendar (button, or arrow down in the field). A text
 * that is not an allowed day keeps its form from being submitted, and the reason is at the field.
 */
export function DateField(props: DateFieldProps): ReactElement {
  const {
    value,
    onChange,
    min,
    max,
    required = false,
    error,
    disabled = false,
    onKeyDown,
    placeholder = '2 Dec 2026',
    ...field
  } = props
  const [draft, setDraft] = useState({ text: toText(value), of: value })
  const [opened, setOpened] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  if (draft.of !== value) setDraft({ text: toText(value), of: value })
  const problem = checkDay(draft.text, { min, max, required })
  useFieldCheck(input, problem)

  const write = (text: string): void => {
    const day = parseDay(text) ?? ''
    const allowed = checkDay(text, { min, max, required }) === null
    setDraft({ text, of: allowed ? day : value })
    if (allowed && day !== value) onChange(day)
  }
  const close = (): void => {
    setOpened(false)
    input.current?.focus()
  }
  const pick = (day: Day | null): void => {
    if (day !== null) write(formatDay(day))
    close()
  }
  return (
    <TextInput
      {...field}
      ref={input}
      required={required}
      disabled={disabled}
      value={draft.text}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      error={error}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => {
        if (problem === null) setDraft({ text: toText(value), of: value })
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') {
          event.preventDefault()
          setOpened(true)
        }
        onKeyDown?.(event)
      }}
      rightSection={
        <Popover
          opened={opened}
          onDismiss={() => setOpened(false)}
          position="bottom-end"
          trapFocus
          closeOnEscape={false}
        >
          <Popover.Target>
            <ActionIcon
              size={24}
              color="gray"
              aria-label="Open calendar"
              disabled={disabled}
              onClick={() => setOpened(!opened)}
            >
              <IconCalendar size={15} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown
            className={classes['dropdown'] ?? ''}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              // Escape closes the calendar only, not the form or the dialog around it.
              event.preventDefault()
              event.stopPropagation()
              close()
            }}
          >
            <DatePicker
              size="xs"
              value={value === '' ? null : value}
              onChange={pick}
              {...(value === '' ? {} : { defaultDate: value })}
              {...(min === undefined ? {} : { minDate: min })}
              {...(max === undefined ? {} : { maxDate: max })}
              highlightToday
              __stopPropagation
              classNames={{ day: classes['day'] ?? '' }}
              ariaLabels={{
                previousMonth: 'Previous month',
                nextMonth: 'Next month',
                monthLevelControl: 'Choose a month',
              }}
              getDayProps={(day) => ({
                'aria-label': formatDay(day),
                ...(day === value ? { 'data-autofocus': true } : {}),
              })}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  )
}

function toText(value: Day): string {
  return value === '' ? '' : formatDay(value)
}

/** The days that a field takes: from the first to the last, both included. */
interface DayBounds {
  readonly min?: Day | undefined
  readonly max?: Day | undefined
  /** True if the field must not be empty. */
  readonly required?: boolean | undefined
}

/** The reason why a written text is not an allowed day, for people; null for an allowed one. */
export function checkDay(text: string, { min, max, required = false }: DayBounds): string | null {
  if (text.trim() === '') return required ? 'Enter a date, such as 2 Dec 2026' : null
  const day = parseDay(text)
  if (day === null) return 'Not a date. Write it as 2 Dec 2026 or 2026-12-02'
  if (min !== undefined && day < min) return `The earliest date is ${formatDay(min)}`
  if (max !== undefined && day > max) return `The latest date is ${formatDay(max)}`
  return null
}
