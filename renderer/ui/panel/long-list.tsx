import { Button } from '@mantine/core'
import { useState, type ReactElement, type ReactNode } from 'react'

import { wholeNumber } from '../relative.ts'
import classes from './panel.module.css'

interface LongListProps<Item> {
  readonly items: readonly Item[]
  readonly getKey: (item: Item) => string | number
  readonly children: (item: Item) => ReactNode
  /** Shown initially, and added by each click. */
  readonly step?: number
  /** All that there are, where more exist than were read; they are counted below the list. */
  readonly total?: number | undefined
}

/** A list in a panel that may have thousands of entries: a first part, and the rest on demand. */
export function LongList<Item>({ items, getKey, children, step = 50, total }: LongListProps<Item>): ReactElement {
  const [shown, setShown] = useState(step)
  const left = items.length - shown
  return (
    <>
      <ul className="c-list">
        {items.slice(0, shown).map((item) => (
          <li key={getKey(item)} className={classes['item']}>
            {children(item)}
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <Button variant="subtle" size="compact-xs" onClick={() => setShown((now) => now + step * 4)}>
          {`Show ${wholeNumber(Math.min(left, step * 4))} more of ${wholeNumber(items.length)}`}
        </Button>
      ) : total !== undefined && total > items.length ? (
        <p className="c-quiet">{`The first ${wholeNumber(items.length)} of ${wholeNumber(total)}`}</p>
      ) : null}
    </>
  )
}
