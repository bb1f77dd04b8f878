import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

import { PanelEdge } from './panel-edge.tsx'
import { usePanelWidth } from './panel-width.ts'
import classes from './panel.module.css'

interface ListAndPanelProps {
  /** Shown above both, so that it stays in place when the panel opens and closes. */
  readonly filters?: ReactNode
  readonly list: ReactNode
  /** Null while nothing is open. */
  readonly panel: ReactNode
  /** Returns the focus to the row from which the panel was opened. */
  readonly focusList: () => void
}

/**
 * A list and, beside it, the panel of one of its rows. However the panel closes (its button, Escape, Back), the focus
 * returns to the list if it would otherwise be lost.
 */
export function ListAndPanel({ filters, list, panel, focusList }: ListAndPanelProps): ReactElement {
  const isOpen = panel !== null
  const width = usePanelWidth()
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
      <div className={classes['split']} style={{ ['--panel-width' as string]: `${width}px` }}>
        <div className={classes['main']}>{list}</div>
        {isOpen ? <PanelEdge /> : null}
        {panel}
      </div>
    </>
  )
}
