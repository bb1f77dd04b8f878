/** What the benchmark of the window does inside the page. */
export interface WindowPage {
  /** Clicks an area in the rail and waits until its title, and then its content, is painted. */
  open(path: string): Promise<Opened>
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

/** Milliseconds since the click. */
export interface Opened {
  /** The frame of the page with its title, whatever is still being read. */
  readonly title: number
  /** Nothing on the page is being read any more. */
  readonly rest: number
}

declare global {
  interface Window {
    bench: WindowPage
  }
}

/** Puts `bench` into the page, after `painting`. Sent as its source, so it refers to nothing outside itself. */
export function installWindow(): void {
  const LONGEST_MS = 60_000

  const { frame, painted } = window.painting

  const until = async (start: number, isThere: () => boolean, what: string): Promise<number> => {
    while (!isThere()) {
      if (performance.now() - start > LONGEST_MS) throw new Error(`${what} did not come.`)
      await frame()
    }
    await painted()
    return performance.now() - start
  }

  const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve))

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
    open: async (path) => {
      const link = document.querySelector<HTMLElement>(`nav[aria-label=Areas] a[href^="${path}"]`)
      if (link === null) throw new Error(`${path} is not in the rail.`)
      await idle()
      const before = document.querySelector('main h1')
      const start = performance.now()
      link.click()
      const isThere = (): boolean => {
        const title = document.querySelector('main h1')
        return title !== null && title !== before && location.pathname === path
      }
      const title = await until(start, isThere, path)
      const isBusy = (): boolean =>
        document.querySelector('main [aria-busy=true], main .mantine-Skeleton-root') !== null
      return { title, rest: await until(start, () => !isBusy(), `The content of ${path}`) }
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
      return until(start, isFound, `What is found by ${text}`)
    },
  }
}
