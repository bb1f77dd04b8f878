import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

import {
  baseAfterScroll,
  geometryOf,
  maxScrollHeight,
  maxScrollTop,
  maxTrueTop,
  revealTop,
  scrollTopOf,
  visibleRange,
  type Geometry,
  type Range,
} from './scroll-map.ts'

/** Lines drawn beyond what is seen, so that a turn of the wheel does not show a gap. */
const OVERSCAN = 8

/** While the list is dragged past, rows are asked for at most this often. */
const ASK_EVERY_MS = 50

interface View {
  /** The list it belongs to. */
  readonly key: string
  readonly trueTop: number
  /** Where the scrollbar stands for it. */
  readonly scrollTop: number
}

export interface RowScroll {
  /** The ref of the scrolling element, which may come and go. */
  readonly attach: (element: HTMLDivElement | null) => void
  readonly geometry: Geometry
  /** What to take from a line's true position to get the one inside the scrolled element. */
  readonly base: number
  /** Lines to draw. */
  readonly lines: Range
  /** Lines whose rows to ask for; lags behind `lines` while the list is dragged. */
  readonly asked: Range
  /** The lines wholly or partly seen. */
  readonly seen: Range
  readonly onScroll: () => void
  readonly onScrollEnd: () => void
  /** Brings a line into view: just so, or to the top. */
  readonly reveal: (line: number, where?: 'near' | 'top') => void
  /** Scrolls sideways, just so far that a column of the header is in view. */
  readonly revealColumn: (colIndex: number) => void
}

/**
 * The scroll position of a list of `count` lines of one height, however many, under a sticky header. Another `key` is
 * another list and begins at its top.
 */
export function useRowScroll(key: string, count: number, rowHeight: number, headerHeight: number): RowScroll {
  const [element, attach] = useState<HTMLDivElement | null>(null)
  const [viewport, setViewport] = useState(0)
  const [held, setHeld] = useState<View>({ key, trueTop: 0, scrollTop: 0 })
  const [askedAt, ask] = useThrottled(0)
  const geometry = geometryOf(count, rowHeight, viewport, maxScrollHeight(devicePixelRatio))
  const { trueTop, scrollTop } = placeIn(geometry, held.key === key ? held : { trueTop: 0, scrollTop: 0 })
  const base = trueTop - scrollTop

  useLayoutEffect(() => {
    if (element && element.scrollTop !== scrollTop) element.scrollTo({ top: scrollTop, behavior: 'instant' })
  }, [element, scrollTop])

  useLayoutEffect(() => {
    if (!element) return undefined
    const observer = new ResizeObserver(() => setViewport(Math.max(0, element.clientHeight - headerHeight)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, headerHeight])

  const place = (top: number, bar: number): void => {
    setHeld({ key, trueTop: top, scrollTop: bar })
    ask(top)
  }

  return {
    attach,
    geometry,
    base,
    lines: visibleRange(trueTop, geometry, OVERSCAN),
    asked: visibleRange(placeIn(geometry, { trueTop: askedAt, scrollTop }).trueTop, geometry, OVERSCAN),
    seen: visibleRange(trueTop, geometry, 0),
    onScroll: () => {
      const bar = element?.scrollTop
      if (bar === undefined || bar === scrollTop) return
      // In the same frame as the scroll, or fast turns of the wheel show a gap.
      flushSync(() => place(bar + baseAfterScroll(base, scrollTop, bar, geometry), bar))
    },
    onScrollEnd: () => {
      // After wheeling through a list that is longer than the scrollbar, put the thumb where it belongs.
      const bar = scrollTopOf(trueTop, geometry)
      if (Math.abs(bar - scrollTop) > 1) place(trueTop, bar)
    },
    reveal: (line, where = 'near') => {
      const top =
        where === 'top' ? Math.min(line * rowHeight, maxTrueTop(geometry)) : revealTop(line, trueTop, geometry)
      if (top !== trueTop) place(top, scrollTopOf(top, geometry))
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

/** A place as it can be in a list that has meanwhile another length. */
function placeIn(geometry: Geometry, at: Omit<View, 'key'>): Omit<View, 'key'> {
  const trueTop = Math.min(at.trueTop, maxTrueTop(geometry))
  const fits = geometry.trueHeight === geometry.scrollHeight
  return { trueTop, scrollTop: fits ? trueTop : Math.min(at.scrollTop, maxScrollTop(geometry)) }
}

/** A value that follows at once when it has not changed for a while, and otherwise at most every so often. */
function useThrottled(initial: number): readonly [number, (value: number) => void] {
  const [value, setValue] = useState(initial)
  const state = useRef({ at: 0, timer: 0 })
  const set = useCallback((next: number) => {
    const { at } = state.current
    clearTimeout(state.current.timer)
    const now = (): void => {
      state.current.at = performance.now()
      setValue(next)
    }
    const since = performance.now() - at
    if (since >= ASK_EVERY_MS) now()
    else state.current.timer = window.setTimeout(now, ASK_EVERY_MS - since)
  }, [])
  return [value, set]
}
