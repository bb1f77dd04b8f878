import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, type TablerIcon } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement, type RefObject } from 'react'

import classes from './row-actions.module.css'

/** An action on one row of a list: in its context menu, and its first ones beside the row under the pointer. */
export interface RowAction {
  /** Verb and noun: `Mark rotated`. */
  readonly label: string
  readonly icon: TablerIcon
  readonly run: () => void
  readonly danger?: boolean
  /** Why it cannot be taken now; left out: it can. */
  readonly blocked?: string | undefined
}

/** A point in the window, in px. */
export interface Point {
  readonly x: number
  readonly y: number
}

interface RowMenuProps {
  readonly at: Point
  readonly label: string
  readonly actions: readonly RowAction[]
  /** Closes the menu and returns the focus to the list. */
  readonly close: () => void
}

/** The context menu of a row. */
export function RowMenu({ at, label, actions, close }: RowMenuProps): ReactElement {
  return (
    <Menu opened onClose={close} position="bottom-start" shadow="md" offset={2} returnFocus={false}>
      <Menu.Target>
        <span className={classes['anchor']} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {actions.map((action) => (
          <Menu.Item
            key={action.label}
            {...(action.danger === true ? { color: 'red' } : {})}
            leftSection={<action.icon size={14} aria-hidden />}
            disabled={action.blocked !== undefined}
            title={action.blocked}
            onClick={action.run}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Actions shown beside a row; the others are in its menu. */
const BESIDE = 2

interface RowHoverProps {
  /** The element that scrolls the rows. */
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly getActions: (index: number) => readonly RowAction[]
  readonly openMenu: (index: number, at: Point) => void
}

/**
 * The first actions of the row under the pointer, at its end. They are for the mouse: the keyboard has the context menu
 * of the focused row.
 */
export function RowHover({ scroller, getActions, openMenu }: RowHoverProps): ReactElement | null {
  const [over, setOver] = useState<{ readonly index: number; readonly top: number; readonly height: number } | null>(
    null,
  )
  useEffect(() => {
    const element = scroller.current
    const frame = element?.parentElement
    if (!element || !frame) return undefined
    const onMove = (event: PointerEvent): void => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest(`.${classes['hover']}`)) return
      const row = target?.closest<HTMLElement>('tr[data-index]')
      if (!row || event.pointerType === 'touch' || event.buttons !== 0) return setOver(null)
      const box = row.getBoundingClientRect()
      const index = Number(row.dataset['index'])
      const top = box.top - frame.getBoundingClientRect().top
      setOver((now) => (now?.index === index && now.top === top ? now : { index, top, height: box.height }))
      return undefined
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
  if (over === null) return null
  const actions = getActions(over.index)
  if (actions.length === 0) return null
  return (
    <div className={classes['hover']} style={{ top: over.top, height: over.height - 1 }} aria-hidden>
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
            setOver(null)
            openMenu(over.index, { x: box.left, y: box.bottom })
          }}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
