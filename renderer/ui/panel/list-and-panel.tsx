import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

import classes from './panel.module.css'

interface ListAndPanelProps {
  /** Stands above both, so that it keeps its place when the panel comes and goes. */
  readonly filters?: ReactNode
  readonly list: ReactNode
  /** Null while nothing is open. */
  readonly panel: ReactNode
  /** Puts the keyboard back on the row from which the panel was opened. */
  readonly focusList: () => void
}

/**
 * A list and, beside it, the panel of one of its rows. However the panel goes (its button, Escape, the way back), the
 * keyboard returns to the list if it would otherwise be nowhere.
 */
export function ListAndPanel({ filters, list, panel, focusList }: ListAndPanelProps): ReactElement {
  const isOpen = panel !== null
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    const closed = wasOpen.current && !isOpen
    wasOpen.current = isOpen
    const focused = document.activeElement
    if (closed && (focused === null || focused === document.body)) focusList()
  }, [isOpen, focusList])
  return (
    <>
      {filters}
      <div className={classes['split']}>
        <div className={classes['main']}>{list}</div>
        {panel}
      </div>
    </>
  )
}
