/** What the benchmark of the window does inside the page. */
export interface WindowPage {
  /** Goes to a screen and waits until its title, and then its content, is painted; at most so many milliseconds. */
  open(path: string, most: number): Promise<Opened>
  /** Makes this the text of the palette, as a letter does. */
  letter(text: string): Promise<Lettered>
  /** The same until the register's first answer to it is painted, with the wait for a pause in typing. */
  find(text: string): Promise<number>
}

/** Milliseconds since the letter. */
export interface Lettered {
  /** Its choices are painted: never less than the rest of the display's frame. */
  readonly painted: number
  /** Of these, what the page works: its script, and from the beginning of the frame to the paint. */
  readonly work: number
}

/** Milliseconds since the change of the address; the bound where it was reached. */
export interface Opened {
  /** The frame of the page with its title, whatever is still being read. */
  readonly title: number
  /** Nothing on the page is being read any more. */
  readonly rest: number
  /** Whether both came within the bound. */
  readonly isSettled: boolean
}

declare global {
  interface Window {
    bench: WindowPage
  }
}

/** Puts `bench` into the page, after `painting`. Sent as its source, so it refers to nothing outside itself. */
export function installWindow(): void {
  const LONGEST_MS = 20_000

  const { frame, painted } = window.painting

  /** Milliseconds since the start; null when it did not come in time. */
  const until = async (start: number, isThere: () => boolean, most: number): Promise<number | null> => {
    while (!isThere()) {
      if (performance.now() - start > most) return null
      await frame()
    }
    await painted()
    return performance.now() - start
  }

  const idle = (): Promise<unknown> =>
    new Promise((resolve) => requestIdleCallback(resolve, { timeout: LONGEST_MS / 4 }))

  const type = async (text: string): Promise<number> => {
    const input = document.querySelector<HTMLInputElement>('input[aria-controls=palette-choices]')
    if (input === null) throw new Error('The palette is not open.')
    await idle()
    const start = performance.now()
    // React sees a value that was set as the browser sets it.
    Reflect.set(HTMLInputElement.prototype, 'value', text, input)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    return start
  }

  window.bench = {
    open: async (path, most) => {
      await idle()
      const before = document.querySelector('main h1')
      const start = performance.now()
      // The router follows every change of the history.
      history.pushState(null, '', path)
      const isThere = (): boolean => {
        const title = document.querySelector('main h1')
        return title !== null && title !== before && location.pathname === path
      }
      const title = await until(start, isThere, most)
      const isBusy = (): boolean =>
        document.querySelector('main [aria-busy=true], main .mantine-Skeleton-root') !== null
      const rest = title === null ? null : await until(start, () => !isBusy(), most)
      return { title: title ?? most, rest: rest ?? most, isSettled: rest !== null }
    },
    letter: async (text) => {
      const start = await type(text)
      await Promise.resolve()
      const script = performance.now() - start
      await frame()
      const frameStart = performance.now()
      await painted()
      const end = performance.now()
      return { painted: end - start, work: script + end - frameStart }
    },
    find: async (text) => {
      const start = await type(text)
      const isFound = (): boolean =>
        document.querySelector('#palette-choices [aria-label=Results] [role=option]') !== null
      const found = await until(start, isFound, LONGEST_MS)
      if (found === null) throw new Error(`Nothing was found by “${text}” within ${LONGEST_MS / 1000} s.`)
      return found
    },
  }
}
