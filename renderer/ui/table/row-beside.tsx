import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useState, type ReactElement, type RefObject } from 'react'

import type { Point, RowAction } from './row-actions.tsx'
import classes from './row-actions.module.css'

/** Actions shown beside a row; the others are in its menu. */
const BESIDE = 2

interface RowBesideProps {
  /** The element that scrolls the rows. */
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The row that the keyboard is on; null while the pointer is used, or the focus is elsewhere. */
  readonly focused: number | null
  readonly getActions: (index: number) => readonly RowAction[]
  readonly openMenu: (index: number, at: Point) => void
}

/** A row on the screen; px from the top of the list. */
interface RowBox {
  readonly index: number
  readonly top: number
  readonly height: number
}

/**
 * The first actions of the row under the pointer, else of the row that the keyboard is on, at its end. They show what the
 * row offers; the keyboard has them in its context menu.
 */
export function RowBeside({ scroller, focused, getActions, openMenu }: RowBesideProps): ReactElement | null {
  const [over, hide] = useRowUnderPointer(scroller)
  const place = useRowUnderFocus(scroller, focused)
  const shown = over ?? place
  if (shown === null) return null
  const actions = getActions(shown.index)
  if (actions.length === 0) return null
  return (
    <div
      className={classes['hover']}
      style={{ top: shown.top, height: shown.height - 1 }}
      aria-hidden
      data-row-actions
      // The focus stays in the list.
      onMouseDown={(event) => event.preventDefault()}
    >
      {actions.slice(0, BESIDE).map((action) => (
        <Tooltip key={action.label} label={action.blocked ?? action.label} openDelay={250}>
          <ActionIcon
            size={24}
            tabIndex={-1}
            {...(action.danger === true ? { color: 'red' } : {})}
            disabled={action.blocked !== undefined}
            onClick={action.run}
          >
            <action.icon size={15} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Tooltip label="More actions (Shift F10)" openDelay={250}>
        <ActionIcon
          size={24}
          tabIndex={-1}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            hide()
            openMenu(shown.index, { x: box.left, y: box.bottom })
          }}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function useRowUnderPointer(scroller: RowBesideProps['scroller']): readonly [RowBox | null, () => void] {
  const [over, setOver] = useState<RowBox | null>(null)
  useEffect(() => {
    const element = scroller.current
    const frame = element?.parentElement
    if (!element || !frame) return undefined
    const onMove = (event: PointerEvent): void => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(`.${classes['hover']}`)) return
      const row = target?.closest<HTMLElement>('tr[data-index]')
      const next = !row || event.pointerType === 'touch' || event.buttons !== 0 ? null : placeOf(row, frame)
      setOver((now) => (isSame(now, next) ? now : next))
    }
    const hide = (): void => setOver(null)
    frame.addEventListener('pointermove', onMove)
    frame.addEventListener('pointerleave', hide)
    element.addEventListener('scroll', hide)
    return () => {
      frame.removeEventListener('pointermove', onMove)
      frame.removeEventListener('pointerleave', hide)
      element.removeEventListener('scroll', hide)
    }
  }, [scroller])
  return [over, () => setOver(null)]
}

function useRowUnderFocus(scroller: RowBesideProps['scroller'], focused: number | null): RowBox | null {
  const [place, setPlace] = useState<RowBox | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    const frame = element?.parentElement
    if (!element || !frame) return undefined
    const measure = (): void => {
      const row = focused === null ? null : element.querySelector<HTMLElement>(`tr[data-index="${focused}"]`)
      const next = row === null ? null : placeOf(row, frame)
      setPlace((now) => (isSame(now, next) ? now : next))
    }
    // A row that scrolls into view is drawn after the scrolling.
    let frameId = 0
    const later = (): void => {
      cancelAnimationFrame(frameId)
      frameId = requestAnimationFrame(measure)
    }
    measure()
    later()
    element.addEventListener('scroll', later)
    return () => {
      cancelAnimationFrame(frameId)
      element.removeEventListener('scroll', later)
    }
  }, [scroller, focused])
  return focused === null ? null : place
}

/** The place of a row in the frame of its list; null where it is scrolled out of view. */
function placeOf(row: HTMLElement, frame: HTMLElement): RowBox | null {
  const [box, around] = [row.getBoundingClientRect(), frame.getBoundingClientRect()]
  if (box.top < around.top || box.bottom > around.bottom + 1) return null
  return { index: Number(row.dataset['index']), top: box.top - around.top, height: box.height }
}

function isSame(a: RowBox | null, b: RowBox | null): boolean {
  return a?.index === b?.index && a?.top === b?.top && a?.height === b?.height
}
