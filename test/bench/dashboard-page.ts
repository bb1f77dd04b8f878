/** What the benchmark of the dashboard does inside the page. */
export interface DashboardPage {
  /** Goes to a state of the dashboard, as a link or a choice does, and waits for its bars to be painted. In milliseconds. */
  go(to: { readonly path: string; readonly word: string }): Promise<number>
  /** Goes to another page, and lets the window forget what it read. */
  leave(): Promise<void>
}

declare global {
  interface Window {
    dashboard: DashboardPage
  }
}

/** Puts `dashboard` into the page. Sent as its source, so it refers to nothing outside itself. */
export function installDashboard(): void {
  const LONGEST_MS = 60_000

  const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))

  /** To be called within a frame: a message posted there arrives after that frame was handed on to be shown. */
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(), { once: true })
      port1.start()
      port2.postMessage(null)
    })

  const move = (path: string): void => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }

  const until = async (isThere: () => boolean, what: string): Promise<void> => {
    const start = performance.now()
    while (!isThere()) {
      if (performance.now() - start > LONGEST_MS) throw new Error(`${what} did not come.`)
      await frame()
    }
  }

  // A placeholder of the state before is told by its line in words, which names another dimension.
  const shows = (word: string): boolean =>
    document.querySelector(`canvas[role=img][aria-label^="${word}, "]`) !== null &&
    document.querySelector('#usage-spend [aria-busy=true]') === null

  window.dashboard = {
    go: async ({ path, word }) => {
      await frame()
      const start = performance.now()
      move(path)
      await until(() => shows(word), path)
      await frame()
      await painted()
      return performance.now() - start
    },
    leave: async () => {
      move('/settings')
      await until(() => document.querySelector('canvas') === null, 'Another page')
    },
  }
}
