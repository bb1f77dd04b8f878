import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import {
  baseAfterScroll,
  computeGeometry,
  maxScrollHeight,
  maxScrollTop,
  maxTrueTop,
  revealTop,
  computeScrollTop,
  visibleRange,
  type Geometry,
  type Range,
} from './scroll-map.ts'

/** Lines drawn beyond the viewport, so that a turn of the wheel does not show a gap. */
const OVERSCAN = 6

/** How long a jump waits for its rows before it shows placeholders. Drawing once is half the work of drawing twice. */
const WAIT_MS = 60

/**
 * A jump draws only the lines in view, so that they are shown a third sooner; those beyond are drawn when no further
 * jump has come for so long.
 */
const SETTLED_MS = 100

interface View {
  /** The list it belongs to. */
  readonly key: string
  readonly trueTop: number
  /** The scrollbar position that belongs to the base. */
  readonly scrollTop: number
  readonly shift: number
  /** Lines drawn beyond the viewport on each side. */
  readonly overscan: number
}

const TOP = { trueTop: 0, scrollTop: 0, shift: 0, overscan: OVERSCAN } as const

type Target = Omit<View, 'shift' | 'overscan'>

export interface RowScroll {
  /** The ref of the scrolling element, which may be mounted and unmounted. */
  readonly attach: (element: HTMLDivElement | null) => void
  readonly geometry: Geometry
  /** Subtracted from a line's true position to get the position inside the scrolled element. */
  readonly base: number
  /** Lines to draw. */
  readonly lines: Range
  /**
   * Subtracted from a line to get the key of the element that draws it: constant while scrolling, so that elements keep
   * their lines; after a jump chosen such that the elements are reused, in their order, for the new lines.
   */
  readonly shift: number
  /** The lines that are completely or partly in view. */
  readonly seen: Range
  readonly onScroll: () => void
  readonly onScrollEnd: () => void
  /** Scrolls a line into view: by the shortest distance, or to the top. */
  readonly reveal: (line: number, where?: 'near' | 'top') => void
  /** Scrolls sideways, just far enough to show a column of the header. */
  readonly revealColumn: (colIndex: number) => void
}

interface RowScrollOptions {
  /** Another key is another list, which begins at its top. */
  readonly key: string
  /** Number of lines. */
  readonly count: number
  readonly rowHeight: number
  /** Height of the header, which stays in view. */
  readonly headerHeight: number
  /** Reads the rows of some lines; null when they are loaded. */
  readonly load: (lines: Range) => Promise<unknown> | null
}

/** The scroll position of a list of lines of equal height. */
export function useRowScroll({ key, count, rowHeight, headerHeight, load }: RowScrollOptions): RowScroll {
  const [element, attach] = useState<HTMLDivElement | null>(null)
  const [viewport, setViewport] = useState(0)
  const [held, setHeld] = useState<View>({ key, ...TOP })
  const geometry = computeGeometry(count, rowHeight, viewport, maxScrollHeight(devicePixelRatio))
  const { trueTop, scrollTop, shift, overscan } = placeIn(geometry, held.key === key ? held : TOP)
  const base = trueTop - scrollTop

  // The last known scroll position of the element: reading it while rows are being drawn would cost an extra layout.
  const standsAt = useRef(0)
  useLayoutEffect(() => {
    if (!element || standsAt.current === scrollTop) return
    element.scrollTo({ top: scrollTop, behavior: 'instant' })
    standsAt.current = scrollTop
  }, [element, standsAt, scrollTop])

  useLayoutEffect(() => {
    if (!element) return undefined
    const observer = new ResizeObserver(() => setViewport(Math.max(0, element.clientHeight - headerHeight)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, headerHeight])

  const lines = visibleRange(trueTop, geometry, overscan)

  useEffect(() => {
    if (overscan === OVERSCAN) return undefined
    const timer = setTimeout(() => setHeld(instead(held, { ...held, overscan: OVERSCAN })), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [held, overscan])

  const draw = (to: Target): void => {
    const near = visibleRange(to.trueTop, geometry, OVERSCAN)
    if (meet(lines, near)) return setHeld({ ...to, shift, overscan: OVERSCAN })
    const next = visibleRange(to.trueTop, geometry, 0)
    setHeld({ ...to, shift: shift + next.first - lines.first, overscan: 0 })
  }

  // The target position. It is drawn immediately after a short distance, and when the rows have arrived after a jump.
  const going = useRef<Target | null>(null)
  const jump = async (): Promise<void> => {
    while (going.current !== null) {
      const to = going.current
      await Promise.race([
        load(visibleRange(to.trueTop, geometry, 0)),
        new Promise((resolve) => setTimeout(resolve, WAIT_MS)),
      ])
      const latest = going.current
      if (latest === to) going.current = null
      flushSync(() => draw(latest))
      // The style and the layout of the rows are worked out now, so that the next frame only paints.
      element?.getBoundingClientRect()
    }
  }
  const place = (top: number, bar: number): void => {
    const to = { key, trueTop: top, scrollTop: bar }
    if (going.current !== null) going.current = to
    else if (meet(lines, visibleRange(top, geometry, OVERSCAN)) || load(visibleRange(top, geometry, 0)) === null)
      draw(to)
    else {
      going.current = to
      void jump()
    }
  }

  return {
    attach,
    geometry,
    base,
    lines,
    shift,
    seen: visibleRange(trueTop, geometry, 0),
    onScroll: () => {
      const bar = element?.scrollTop
      const from = going.current ?? { trueTop, scrollTop }
      if (bar === undefined || bar === from.scrollTop) return
      standsAt.current = bar
      // In the same frame as the scroll, or fast turns of the wheel show a gap.
      flushSync(() => place(bar + baseAfterScroll(from.trueTop - from.scrollTop, from.scrollTop, bar, geometry), bar))
    },
    onScrollEnd: () => {
      // After wheeling through a list that is longer than the scrollbar, move the thumb to its proportional position.
      const bar = computeScrollTop(trueTop, geometry)
      if (going.current === null && Math.abs(bar - scrollTop) > 1) {
        setHeld(instead(held, { key, trueTop, scrollTop: bar, shift, overscan }))
      }
    },
    reveal: (line, where = 'near') => {
      const top =
        where === 'top' ? Math.min(line * rowHeight, maxTrueTop(geometry)) : revealTop(line, trueTop, geometry)
      if (top !== trueTop || going.current !== null) place(top, computeScrollTop(top, geometry))
    },
    revealColumn: (colIndex) => {
      const cell = element?.querySelector(`th[aria-colindex="${colIndex}"]`)
      if (!element || !(cell instanceof HTMLElement)) return
      const { scrollLeft, clientWidth } = element
      const right = cell.offsetLeft + cell.offsetWidth
      if (cell.offsetLeft < scrollLeft) element.scrollTo({ left: cell.offsetLeft })
      else if (right > scrollLeft + clientWidth) element.scrollTo({ left: right - clientWidth })
    },
  }
}

/** Tidies a view, for a state that may have got another one that is not drawn yet: a jump would be lost. */
function instead(of: View, tidied: View): (now: View) => View {
  return (now) => (now === of ? tidied : now)
}

function meet(a: Range, b: Range): boolean {
  return a.first < b.end && b.first < a.end
}

/** A position, limited to the present length of the list. */
function placeIn(geometry: Geometry, at: Omit<View, 'key'>): Omit<View, 'key'> {
  const trueTop = Math.min(at.trueTop, maxTrueTop(geometry))
  const fits = geometry.trueHeight === geometry.scrollHeight
  return { ...at, trueTop, scrollTop: fits ? trueTop : Math.min(at.scrollTop, maxScrollTop(geometry)) }
}
