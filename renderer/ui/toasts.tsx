import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, type TablerIcon } from '@tabler/icons-react'
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type RefObject,
} from 'react'

import { isTyping } from './keys.ts'
import { keepPlaces, type Toast, type ToastTone } from './toast-stack.ts'
import { isCovered } from './toast-place.ts'
import { getToasts, hideToast, subscribeToasts, useMessagesStay } from './toast-store.ts'
import classes from './toasts.module.css'

const LOOKS: Readonly<Record<ToastTone, { readonly icon: TablerIcon; readonly word: string; readonly tone: string }>> =
  {
    done: { icon: IconCircleCheck, word: 'Done', tone: 'good' },
    warning: { icon: IconAlertTriangle, word: 'Warning', tone: 'warn' },
    failed: { icon: IconCircleX, word: 'Failed', tone: 'bad' },
  }

interface ToastsProps {
  /** Goes to a path in the window. */
  readonly go: (to: string) => void
}

/**
 * The messages of the window, under every dialog: at the bottom right, or at the top where they would cover what has the
 * focus (WCAG 2.4.11). They wait while the pointer or the focus is on
 * them, and each keeps its place while the pointer is among them. F8 goes to the newest; Ctrl/Cmd+Z undoes what the newest offers to undo.
 */
export function Toasts({ go }: ToastsProps): ReactElement {
  const toasts = useSyncExternalStore(subscribeToasts, getToasts)
  const [held, setHeld] = useState(toasts)
  const [isInside, setInside] = useState(false)
  const placed = isInside ? keepPlaces(held, toasts) : toasts
  if (placed.length !== held.length || placed.some((toast, at) => toast !== held[at])) setHeld(placed)
  // Without a message there is nothing that the pointer could be on, and no event reports that it left.
  if (isInside && placed.length === 0) setInside(false)
  const [hovered, setHovered] = useState<number | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  const stack = useRef<HTMLElement>(null)
  const from = useRef<Element | null>(null)
  useMakeWay(stack)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[aria-modal="true"]') !== null) return
    const undo = toasts.findLast((toast) => toast.undo !== null)?.undo
    if (event.key === 'F8' && toasts.length > 0) {
      event.preventDefault()
      from.current = document.activeElement
      Array.from(stack.current?.querySelectorAll<HTMLElement>('li:not([inert])') ?? [])
        .at(-1)
        ?.querySelector('button')
        ?.focus()
    } else if (isUndo(event) && !isTyping(event) && undo !== undefined && undo !== null) {
      event.preventDefault()
      undo()
    }
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
  // A message that was removed holds the others no longer, though no event reports that.
  const waits = toasts.some(({ id }) => id === hovered || id === focused)
  const dismiss = (id: number): void => {
    if (stack.current?.contains(document.activeElement) === true && from.current instanceof HTMLElement) {
      from.current.focus()
    }
    hideToast(id)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only where the pointer is
    <section
      ref={stack}
      aria-label="Messages"
      className={classes['stack']}
      onMouseEnter={() => setInside(true)}
      onMouseLeave={() => setInside(false)}
    >
      <ol aria-live="polite">
        {placed.map((toast) => (
          <ToastItem
            key={toast.id}
            toast={toast}
            hasLeft={!toasts.includes(toast)}
            waits={waits}
            hover={(on) => setHovered(on ? toast.id : null)}
            focus={(on) => setFocused(on ? toast.id : null)}
            dismiss={() => dismiss(toast.id)}
            go={go}
          />
        ))}
      </ol>
    </section>
  )
}

/**
 * Puts the messages at the top where they would cover what has the focus. The place changes in the page itself, at the
 * moment of the event: a later change would move a button between the press of a pointer and its release. Under the
 * pointer they stay, unless a key shows that the focus is used.
 */
function useMakeWay(stack: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = stack
    if (current === null) return undefined
    const look = (event?: Event): void => {
      if (event?.type !== 'keyup' && current.matches(':hover')) return
      const focused = findFocused()
      if (current.contains(focused)) return
      const { width, height } = current.getBoundingClientRect()
      const corner = { left: innerWidth - MARGIN - width, top: innerHeight - MARGIN - height, width, height }
      current.dataset['away'] = String(focused !== null && isCovered(focused.getBoundingClientRect(), corner))
    }
    // In a list the focus stays while the active cell moves, by a key or by a click.
    const events = ['focusin', 'keyup', 'click']
    for (const event of events) document.addEventListener(event, look)
    current.addEventListener('mouseleave', look)
    // A message that came or left changes the place that they need.
    const size = new ResizeObserver(() => look())
    size.observe(current)
    return () => {
      for (const event of events) document.removeEventListener(event, look)
      current.removeEventListener('mouseleave', look)
      size.disconnect()
    }
  }, [stack])
}

/** From the edges of the window, in px, as in the style sheet. */
const MARGIN = 16

/** Finds the focus: in a list or a tree, its active cell. */
function findFocused(): Element | null {
  const { activeElement } = document
  const within = activeElement?.getAttribute('aria-activedescendant') ?? null
  return within === null ? activeElement : (document.getElementById(within) ?? activeElement)
}

interface ToastItemProps extends ToastsProps {
  readonly toast: Toast
  /** True if it has left, and keeps its place without being shown. */
  readonly hasLeft: boolean
  readonly waits: boolean
  readonly hover: (on: boolean) => void
  readonly focus: (on: boolean) => void
  readonly dismiss: () => void
}

function ToastItem({ toast, hasLeft, waits, hover, focus, dismiss, go }: ToastItemProps): ReactElement {
  const { tone, message, hint, undo, action, staysMs } = toast
  const { icon: Icon, word, tone: colour } = LOOKS[tone]
  const end = useEffectEvent(dismiss)
  const isKept = useMessagesStay() === 'stay'
  const stays = hasLeft || waits || isKept || staysMs === null
  useEffect(() => {
    if (stays) return undefined
    const timer = setTimeout(() => end(), staysMs)
    return () => clearTimeout(timer)
  }, [stays, staysMs])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works on each of its buttons
    <li
      className={classes['toast']}
      data-tone={colour}
      inert={hasLeft}
      aria-hidden={hasLeft || undefined}
      onMouseEnter={() => hover(true)}
      onMouseLeave={() => hover(false)}
      onFocus={() => focus(true)}
      onBlur={() => focus(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        dismiss()
      }}
    >
      <Icon size={18} stroke={1.8} aria-hidden />
      <div className={classes['text']} role={tone === 'failed' ? 'alert' : undefined}>
        <span className="c-visually-hidden">{word}: </span>
        <span className={classes['message']}>{message}</span>
        {hint === null ? null : <span className={classes['hint']}>{hint}</span>}
      </div>
      {undo === null ? null : (
        <Button variant="subtle" size="compact-xs" onClick={undo}>
          Undo
        </Button>
      )}
      {action === null ? null : (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            dismiss()
            if (typeof action.does === 'string') go(action.does)
            else action.does()
          }}
        >
          {action.label}
        </Button>
      )}
      <CloseButton size={24} aria-label="Dismiss" onClick={dismiss} />
    </li>
  )
}

function isUndo({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey && !altKey
}
