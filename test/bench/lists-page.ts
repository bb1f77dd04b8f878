/** What the benchmark does inside the page. */

export interface JumpResult {
  /** From the jump until after the frame that shows its rows. */
  readonly ms: number
  /** First row of the view, from 0. */
  readonly row: number
}

export type ScrollTo = { readonly share: number } | { readonly pixels: number }

export interface Jumps {
  /** Scrolls the list as its scrollbar or a wheel does, and waits for the rows of the new place to be painted. */
  scroll(to: ScrollTo): Promise<JumpResult>
  /** Waits for the next key, and then for the row that it leads to, which the list marks, among painted rows. */
  awaitKey(): void
  /** What came of that key. */
  afterKey(): Promise<JumpResult>
}

declare global {
  interface Window {
    jumps: Jumps
  }
}

/** Puts `jumps` into the page, after `painting`. Sent as its source, so it refers to nothing outside itself. */
export function installJumps(): void {
  const ROW_HEIGHT = 32
  const LONGEST_MS = 20_000

  const parts = () => {
    const grid = document.querySelector<HTMLElement>('[role=grid]')
    const scroller = grid?.parentElement
    const head = grid?.querySelector('thead')
    if (!grid || !scroller || !head) throw new Error('There is no list.')
    return { grid, scroller, headHeight: head.getBoundingClientRect().height }
  }

  interface View {
    /** First row of the view; -1 while there is none. */
    readonly row: number
    /** The row with the keyboard focus, when it is in the view. */
    readonly marked: number | null
    /** Whether rows fill the view and each is there with its data. */
    readonly whole: boolean
  }

  const view = (): View => {
    const { grid, scroller, headHeight } = parts()
    const box = scroller.getBoundingClientRect()
    const top = box.top + headHeight
    const rows = [...grid.querySelectorAll<HTMLElement>('tr[data-index]')]
      .map((row) => ({ row, place: row.getBoundingClientRect() }))
      .filter(({ place }) => place.bottom > top + 1 && place.top < box.bottom - 1)
      .toSorted((a, b) => a.place.top - b.place.top)
    const first = rows[0]
    const last = rows.at(-1)
    if (!first || !last) return { row: -1, marked: null, whole: false }
    const isFilled = first.place.top <= top + 1 && last.place.bottom >= top + scroller.clientHeight - headHeight - 1
    const isThere = rows.every(({ row }) => row.getAttribute('aria-busy') !== 'true' && row.innerText.trim() !== '')
    const marked = rows.find(({ row }) => row.dataset['active'] !== undefined)?.row.dataset['index']
    return {
      row: Number(first.row.dataset['index']),
      marked: marked === undefined ? null : Number(marked),
      whole: isFilled && isThere,
    }
  }

  const { frame, painted } = window.painting

  const until = async (start: number, isThere: (now: View) => boolean, what: string): Promise<JumpResult> => {
    for (;;) {
      await frame()
      const now = view()
      if (now.whole && isThere(now)) {
        await painted()
        return { ms: performance.now() - start, row: now.row }
      }
      if (performance.now() - start > LONGEST_MS) throw new Error(`${what} did not come: ${JSON.stringify(now)}.`)
    }
  }

  let afterKey: Promise<JumpResult> | null = null
  window.jumps = {
    scroll: async (to) => {
      await frame()
      await frame()
      const { grid, scroller, headHeight } = parts()
      const height = (Number(grid.getAttribute('aria-rowcount')) - 1) * ROW_HEIGHT
      const most = scroller.scrollHeight - scroller.clientHeight
      const from = scroller.scrollTop
      const top = 'share' in to ? to.share * most : Math.min(most, from + to.pixels)
      const row =
        'share' in to
          ? (to.share * (height - scroller.clientHeight + headHeight)) / ROW_HEIGHT
          : view().row + (top - from) / ROW_HEIGHT
      const start = performance.now()
      scroller.scrollTop = top
      return until(start, (now) => Math.abs(now.row - row) <= 2, `Row ${row}`)
    },
    awaitKey: () => {
      const before = view().marked
      const pressed = new Promise<number>((resolve, reject) => {
        const listen = (event: KeyboardEvent): void => {
          if (event.key === 'Control') return
          removeEventListener('keydown', listen, { capture: true })
          resolve(event.timeStamp)
        }
        addEventListener('keydown', listen, { capture: true })
        setTimeout(() => reject(new Error('No key came.')), LONGEST_MS)
      })
      afterKey = pressed.then((start) =>
        until(start, (now) => now.marked !== null && now.marked !== before, 'Another row'),
      )
    },
    afterKey: () => afterKey ?? Promise.reject(new Error('No key was awaited.')),
  }
}
