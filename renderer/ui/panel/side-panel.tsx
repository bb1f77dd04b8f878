import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

import classes from './panel.module.css'

interface SidePanelProps {
  /** The kind of thing that it shows: `Person`. */
  readonly kind: string
  readonly title: ReactNode
  /** States beside the title. */
  readonly marks?: ReactNode
  readonly subtitle?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * Everything known about one thing, to the right of the list it was opened from. It is a landmark of its own, not a
 * dialog: Tab leaves it, and the list stays usable. Escape and the button close it. Give it a `key` that names the
 * thing: another thing is another panel, which takes the focus, unless a form in it takes the focus immediately.
 */
export function SidePanel(props: SidePanelProps): ReactElement {
  const { kind, title, marks, subtitle, onClose, children } = props
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // A form that is open from the start already has the focus.
    if (panel.current?.contains(document.activeElement)) return
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works everywhere in the panel
    <aside
      ref={panel}
      className={classes['panel']}
      aria-labelledby={headingId}
      onKeyDown={(event) => closeOnEscape(event, onClose)}
    >
      <header className={classes['head']}>
        <div className={classes['head-text']}>
          <span className={classes['kind']}>{kind}</span>
          <h2 id={headingId} ref={heading} tabIndex={-1} className={classes['title']}>
            {title}
          </h2>
          {subtitle === undefined ? null : <div className={classes['subtitle']}>{subtitle}</div>}
          {marks === undefined ? null : <div className={classes['marks']}>{marks}</div>}
        </div>
        <Tooltip label="Close (Escape)">
          <ActionIcon aria-label="Close the panel" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes['body']}>{children}</div>
    </aside>
  )
}

const HAS_ITS_OWN_OPEN = ':is([aria-haspopup], [role="combobox"])[aria-expanded="true"]'

/**
 * Menus and calendars opened from the panel close first: their events come from elsewhere in the page, or are already
 * handled.
 */
function closeOnEscape(event: KeyboardEvent<HTMLElement>, onClose: () => void): void {
  if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof Element)) return
  if (!event.currentTarget.contains(event.target) || event.target.matches(HAS_ITS_OWN_OPEN)) return
  event.preventDefault()
  onClose()
}
