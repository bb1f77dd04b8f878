import { useEffect, useRef, type ReactElement, type RefObject } from 'react'

import type { TodayEntry } from '../../../shared/contract/today.ts'
import { BANDS } from '../../../shared/domain/today/rank.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { EntryRow } from './entry-row.tsx'
import { BAND_TITLES } from './labels.ts'
import { KEY_HELP } from './queue-keys.ts'
import type { Form } from './search.ts'
import classes from './today.module.css'
import { useQueueKeys } from './use-queue-keys.ts'

export interface QueueProps {
  readonly entries: readonly TodayEntry[]
  readonly opened: string | undefined
  readonly isScoped: boolean
  readonly queue: RefObject<HTMLElement | null>
  readonly open: (entry: string) => void
  readonly close: () => void
  readonly decide: (entry: string, form: Form) => void
  readonly restore: (entry: TodayEntry) => void
}

/** The entries by group, worked by keys. */
export function Queue({ entries, opened, isScoped, queue, open, close, decide, restore }: QueueProps): ReactElement {
  useQueueKeys({ queue, open, opened, close, decide })
  useKeptFocus(queue)
  return (
    <section ref={queue} data-queue className="c-form" aria-label="What to do first" aria-describedby="queue-keys">
      <p id="queue-keys" className="c-visually-hidden">
        {KEY_HELP}
      </p>
      {BANDS.map((band) => {
        const own = entries.filter((entry) => entry.band === band)
        if (own.length === 0) return null
        return (
          <section key={band} aria-labelledby={`band-${band}`}>
            <h2 id={`band-${band}`} className={classes['band']}>
              {BAND_TITLES[band]} <span>{wholeNumber(own.length)}</span>
            </h2>
            <ul className={classes['rows']}>
              {own.map((entry) => (
                <EntryRow
                  key={entry.entryId}
                  entry={entry}
                  isOpen={entry.entryId === opened}
                  isScoped={isScoped}
                  open={() => open(entry.entryId)}
                  decide={(form) => decide(entry.entryId, form)}
                  restore={() => restore(entry)}
                />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

/** A row, and the forms and menus about one. */
const OF_ROW = '[data-entry], [role="dialog"], [role="menu"]'

/** When the row that had the focus leaves the queue, the row in its place gets it. */
function useKeptFocus(queue: RefObject<HTMLElement | null>): void {
  const last = useRef<number | null>(null)
  useEffect(() => {
    const { current } = queue
    if (current === null) return undefined
    const remember = (event: FocusEvent): void => {
      const row = event.target instanceof Element ? event.target.closest('[data-entry]') : null
      last.current = row === null ? null : [...current.querySelectorAll('[data-entry]')].indexOf(row)
    }
    // After a click beside the rows, a later read of the queue must not take the focus and the scroll position back.
    const forget = (event: PointerEvent): void => {
      if (!(event.target instanceof Element && event.target.closest(OF_ROW))) last.current = null
    }
    current.addEventListener('focusin', remember)
    document.addEventListener('pointerdown', forget)
    return () => {
      current.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', forget)
    }
  }, [queue])
  useEffect(() => {
    const { activeElement } = document
    if (last.current === null || (activeElement !== null && activeElement !== document.body)) return
    const rows = queue.current?.querySelectorAll<HTMLElement>('[data-says]') ?? []
    rows[Math.min(last.current, rows.length - 1)]?.focus()
  })
}
