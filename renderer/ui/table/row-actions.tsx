import { Menu, Portal } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import classes from './row-actions.module.css'

/** An action on one row of a list: in its context menu, and its first ones beside the row under the pointer or the focus. */
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

/** The events outside of the menu that close it. */
const OUTSIDE = ['mousedown', 'touchstart']

export function RowMenu({ at, label, actions, close }: RowMenuProps): ReactElement {
  return (
    // Beside the page, whose parts are containers: these would move what is placed in the window.
    <Portal>
      <Menu
        opened
        onClose={close}
        position="bottom-start"
        shadow="md"
        offset={2}
        returnFocus={false}
        // Not by a key, as menus do otherwise: the one that opens it would close it again.
        clickOutsideEvents={OUTSIDE}
      >
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
    </Portal>
  )
}
