/** What runs in the page. Each function is sent as its source, so it refers to nothing outside itself. */

export interface JumpResult {
  /** From the jump until after the frame that shows its rows. */
  readonly ms: number
  /** First row of the view, from 0. */
  readonly row: number
}

export type ScrollTo = { readonly share: number } | { readonly pixels: number }

/** Scrolls the list as its scrollbar or a wheel does, and waits for the rows of the new place to be painted. */
export async function scrollAndWait(to: ScrollTo): Promise<JumpResult> {
  const grid = document.querySelector<HTMLElement>('[role=grid]')
  const scroller = grid?.parentElement
  if (!grid || !scroller) throw new Error('There is no list.')
  const rowHeight = 32
  const lines = Number(grid.getAttribute('aria-rowcount')) - 1
  const head = grid.querySelector('thead')?.getBoundingClientRect().height ?? 0
  const seen = scroller.clientHeight - head
  const most = scroller.scrollHeight - scroller.clientHeight

  /** First row of the view by what is drawn there, and whether every row of the view is there with its data. */
  const view = (): { readonly row: number; readonly whole: boolean } => {
    const top = scroller.getBoundingClientRect().top + head
    const bottom = scroller.getBoundingClientRect().bottom
    const places = [...grid.querySelectorAll<HTMLElement>('tr[data-index]')]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > top + 1 && box.top < bottom - 1)
      .toSorted((a, b) => a.box.top - b.box.top)
    const first = places[0]
    const last = places.at(-1)
    if (!first || !last) return { row: -1, whole: false }
    const filled = first.box.top <= top + 1 && last.box.bottom >= Math.min(bottom, top + lines * rowHeight) - 1
    const busy = places.some(
      ({ row }) => row.getAttribute('aria-busy') === 'true' || (row.textContent ?? '').trim() === '',
    )
    return { row: Number(first.row.dataset['index']), whole: filled && !busy }
  }

  const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))
  /** After the frame that is being made was handed to the compositor. */
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(), { once: true })
      port1.start()
      requestAnimationFrame(() => port2.postMessage(null))
    })

  await frame()
  await frame()
  const before = view().row
  const from = scroller.scrollTop
  const top = 'share' in to ? to.share * most : Math.min(most, from + to.pixels)
  const expected =
    'share' in to ? (to.share * (lines * rowHeight - seen)) / rowHeight : before + (top - from) / rowHeight
  const start = performance.now()
  scroller.scrollTop = top
  for (;;) {
    await frame()
    const now = view()
    if (now.whole && Math.abs(now.row - expected) <= 2) {
      await painted()
      return { ms: performance.now() - start, row: now.row }
    }
    if (performance.now() - start > 30_000) {
      throw new Error(`Row ${expected} of ${lines} did not come: ${JSON.stringify(now)}.`)
    }
  }
}

/** Waits for a key and then for the row that it leads to, which the list marks, with all rows around it painted. */
export async function pressAndWait(): Promise<JumpResult> {
  const grid = document.querySelector<HTMLElement>('[role=grid]')
  const scroller = grid?.parentElement
  if (!grid || !scroller) throw new Error('There is no list.')
  const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(), { once: true })
      port1.start()
      requestAnimationFrame(() => port2.postMessage(null))
    })
  const marked = (): string | null => grid.querySelector('tr[data-active]')?.getAttribute('data-index') ?? null
  const before = marked()
  const start = await new Promise<number>((resolve) => {
    grid.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Control') resolve(event.timeStamp)
      },
      { capture: true },
    )
  })
  for (;;) {
    await frame()
    const box = scroller.getBoundingClientRect()
    const inView = [...grid.querySelectorAll<HTMLElement>('tr[data-index]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return bottom > box.top + 1 && top < box.bottom - 1
    })
    const whole =
      inView.length > 5 &&
      inView.every((row) => row.getAttribute('aria-busy') !== 'true' && (row.textContent ?? '').trim() !== '')
    const now = inView.find((row) => row.dataset['active'] !== undefined)?.dataset['index'] ?? null
    if (whole && now !== null && now !== before) {
      await painted()
      return { ms: performance.now() - start, row: Number(now) }
    }
    if (performance.now() - start > 30_000) throw new Error(`The row did not come; the list stands on ${now}.`)
  }
}
