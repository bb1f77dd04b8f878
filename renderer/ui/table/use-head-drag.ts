import { useRef, type PointerEvent, type RefObject } from 'react'

import { dropColumn, type ColumnLayout } from './column-memory.ts'
import { computeMinWidth, computeNarrowest, makeTemplate, type ColumnSize } from './column-widths.ts'

/** A press on a header that moves less than this is a click. */
const CLICK_PX = 5

/** How far a key makes a column wider or narrower. */
const STEP_PX = 16

type Change = (layout: ColumnLayout) => ColumnLayout | null

interface HeadDragOptions {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The columns that are shown, in order. */
  readonly columns: readonly ColumnSize[]
  readonly layout: ColumnLayout
  /** Ids of all columns in their present order. */
  readonly order: readonly string[]
  readonly changeLayout: (change: Change) => void
}

export interface HeadDrag {
  /** Begins to resize a column by the edge of its header. */
  readonly onEdge: (event: PointerEvent, id: string) => void
  /** Begins to move a column by its header. */
  readonly onGrab: (event: PointerEvent, id: string) => void
  /** Makes a column as wide as the longest content in view. */
  readonly fit: (id: string) => void
  /** Makes a column one step narrower (-1) or wider (1). */
  readonly step: (id: string, by: -1 | 1) => void
  /** True if the press that just ended moved a column: its click does not sort. */
  readonly wasDragged: () => boolean
}

/** Resizes and moves the columns of a list. While a pointer drags, only styles change; the end is remembered. */
export function useHeadDrag({ scroller, columns, layout, order, changeLayout }: HeadDragOptions): HeadDrag {
  const dragged = useRef(false)

  const draw = (id: string, width: number): void => {
    const element = scroller.current
    if (!element) return
    const widths = { ...layout.widths, [id]: width }
    element.style.setProperty('--list-columns', makeTemplate(columns, widths))
    element.style.setProperty('--list-min-width', computeMinWidth(columns, widths))
  }

  const keep = (id: string, width: number): void => {
    draw(id, width)
    changeLayout((now) => ({ ...now, widths: { ...now.widths, [id]: width } }))
  }

  const limit = (id: string, width: number): number => {
    const column = columns.find((each) => each.id === id)
    const narrowest = column === undefined ? 20 : computeNarrowest(column, measureCharacter(scroller.current))
    return Math.round(Math.min(2000, Math.max(narrowest, width)))
  }

  const place = (id: string): number => columns.findIndex((column) => column.id === id)

  return {
    wasDragged: () => dragged.current,
    onEdge: (event, id) => {
      const head = event.currentTarget.closest('th')
      if (!head || event.button !== 0) return
      event.preventDefault()
      event.stopPropagation()
      const from = event.clientX
      const before = head.offsetWidth
      const resize = async (): Promise<void> => {
        const x = await follow(event, (at) => draw(id, limit(id, before + at - from)))
        if (x === null || x === from) draw(id, before)
        else keep(id, limit(id, before + x - from))
      }
      void resize()
    },
    onGrab: (event, id) => {
      dragged.current = false
      const row = event.currentTarget.closest('tr')
      if (!row || event.button !== 0) return
      const from = event.clientX
      const heads = [...row.querySelectorAll<HTMLElement>('th[data-column]')]
      const own = heads.find((head) => head.dataset['column'] === id)
      let on: HTMLElement | undefined
      const mark = (x: number): void => {
        if (!dragged.current && Math.abs(x - from) < CLICK_PX) return
        dragged.current = true
        if (on) delete on.dataset['drop']
        if (own) own.dataset['dragged'] = ''
        on = heads.find((head) => {
          const box = head.getBoundingClientRect()
          return head !== own && x >= box.left && x < box.right
        })
        if (on) on.dataset['drop'] = place(on.dataset['column'] ?? '') > place(id) ? 'after' : 'before'
      }
      const drop = async (): Promise<void> => {
        const x = await follow(event, mark)
        const target = on?.dataset['column']
        if (on) delete on.dataset['drop']
        if (own) delete own.dataset['dragged']
        if (x !== null && target !== undefined) {
          changeLayout((now) => ({ ...now, order: dropColumn(order, id, target) }))
        }
      }
      void drop()
    },
    fit: (id) => {
      const element = scroller.current
      const at = place(id)
      if (element && at !== -1) keep(id, limit(id, measureContent(element, at)))
    },
    step: (id, by) => {
      const head = scroller.current?.querySelector<HTMLElement>(`th[data-column="${CSS.escape(id)}"]`)
      if (head) keep(id, limit(id, head.offsetWidth + by * STEP_PX))
    },
  }
}

/** Follows the pointer until it is released; resolves with its place, or null when it was cancelled. */
function follow(event: PointerEvent, onMove: (x: number) => void): Promise<number | null> {
  return new Promise((resolve) => {
    const controller = new AbortController()
    const { signal } = controller
    const end = (x: number | null): void => {
      controller.abort()
      resolve(x)
    }
    addEventListener('pointermove', (next) => onMove(next.clientX), { signal })
    addEventListener('pointerup', (next) => end(next.clientX), { signal })
    addEventListener('pointercancel', () => end(null), { signal })
    addEventListener(
      'keydown',
      (next) => {
        if (next.key === 'Escape') end(null)
      },
      { signal },
    )
    event.currentTarget.ownerDocument.getSelection()?.removeAllRanges()
  })
}

/** The width of a character in a list, in px. */
function measureCharacter(element: HTMLElement | null): number {
  if (!element) return 8
  const probe = document.createElement('span')
  probe.style.cssText = 'position:absolute;visibility:hidden;width:1ch;height:0'
  element.append(probe)
  const { width } = probe.getBoundingClientRect()
  probe.remove()
  return width
}

/** The width that a column needs for its header and the rows that are drawn, in px. */
function measureContent(element: HTMLElement, place: number): number {
  const own = element.style.getPropertyValue('--list-columns')
  element.style.setProperty('--list-columns', 'repeat(99, max-content)')
  const cells = [...element.querySelectorAll<HTMLElement>(`[aria-colindex="${place + 2}"]`)]
  const widths = cells.map((cell) => cell.getBoundingClientRect().width)
  element.style.setProperty('--list-columns', own)
  return Math.ceil(Math.max(0, ...widths)) + 1
}
