import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

import { isTyping } from '../keys.ts'
import { usePanelSteps, type PanelSteps, type Step } from './panel-steps.ts'
import classes from './panel.module.css'

interface SidePanelProps {
  /** The kind of thing that it shows: `Person`. */
  readonly kind: string
  readonly title: ReactNode
  /** States beside the title. */
  readonly marks?: ReactNode
  readonly subtitle?: ReactNode
  /** Its actions, above everything else. */
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * Everything known about one thing, to the right of the list it was opened from. It is a landmark of its own, not a
 * dialog: Tab leaves it, and the list stays usable. Escape and the button close it; `[` and `]`, or Alt with the
 * arrows, step to the row before and after. Give it a `key` that names the thing: another thing is another panel, which
 * takes the focus, unless a form in it takes the focus immediately or the panel follows the list.
 */
export function SidePanel(props: SidePanelProps): ReactElement {
  const { kind, title, marks, subtitle, actions, onClose, children } = props
  const steps = usePanelSteps()
  const takeFocus = useEffectEvent(() => steps?.takeFocus())
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const where = takeFocus()
    // A form that is open from the start already has the focus.
    if (where === 'none' || panel.current?.contains(document.activeElement)) return
    const button = where === undefined ? null : panel.current?.querySelector<HTMLElement>(`[data-step="${where}"]`)
    if (button) return button.focus({ preventScroll: true })
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works everywhere in the panel
    <aside
      ref={panel}
      className={classes['panel']}
      aria-labelledby={headingId}
      onKeyDown={(event) => {
        closeOnEscape(event, onClose)
        stepByKey(event, steps)
      }}
    >
      <header className={classes['head']}>
        <div className={classes['head-text']}>
          <span className="c-sub">{kind}</span>
          <h2 id={headingId} ref={heading} tabIndex={-1} className={classes['title']}>
            {title}
          </h2>
          {subtitle === undefined ? null : <div className={classes['subtitle']}>{subtitle}</div>}
          {marks === undefined ? null : <div className={classes['marks']}>{marks}</div>}
        </div>
        {steps === null ? null : <Steps steps={steps} />}
        <Tooltip label="Close (Escape)">
          <ActionIcon aria-label="Close the panel" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      {actions === undefined ? null : <div className={classes['actions']}>{actions}</div>}
      <div className={classes['body']}>{children}</div>
    </aside>
  )
}

/** The buttons to the row before and after. */
function Steps({ steps: { place, step } }: { readonly steps: PanelSteps }): ReactElement {
  return (
    <span className={classes['steps']}>
      <Tooltip label="Previous ([)">
        <ActionIcon
          aria-label="Previous row"
          data-step="previous"
          data-disabled={place === null || place.row === 1}
          aria-disabled={place === null || place.row === 1}
          onClick={() => step('previous')}
        >
          <IconChevronUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next (])">
        <ActionIcon
          aria-label="Next row"
          data-step="next"
          data-disabled={place === null || place.row === place.total}
          aria-disabled={place === null || place.row === place.total}
          onClick={() => step('next')}
        >
          <IconChevronDown size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}

function stepByKey(event: KeyboardEvent<HTMLElement>, steps: PanelSteps | null): void {
  if (steps === null || event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.nativeEvent)) return
  const by = event.altKey ? BY_ARROW[event.key] : BY_BRACKET[event.key]
  if (by === undefined) return
  event.preventDefault()
  steps.step(by)
}

const BY_BRACKET: Readonly<Record<string, Step>> = { '[': 'previous', ']': 'next' }
const BY_ARROW: Readonly<Record<string, Step>> = { ArrowUp: 'previous', ArrowDown: 'next' }

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
