/** Milliseconds since the choice. */
export interface Painted {
  /** The bars of the answer to this choice, and no other. */
  readonly bars: number
  /** The rows of the month as well. */
  readonly rows: number
}

/** What the benchmark of the dashboard does inside the page. */
export interface DashboardPage {
  /** Goes to a state of the dashboard, as a link or a choice does, and waits for what it shows to be painted. */
  go(to: { readonly path: string; readonly word: string }): Promise<Painted>
  /** Goes to another page, and waits until the window is at rest there. */
  leave(): Promise<void>
}

declare global {
  interface Window {
    dashboard: DashboardPage
  }
}

/** Puts `dashboard` into the page, after `painting`. Sent as its source, so it refers to nothing outside itself. */
export function installDashboard(): void {
  const LONGEST_MS = 60_000

  const { frame, painted } = window.painting

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

  const isBusy = (card: string): boolean =>
    document.querySelector(`section[aria-labelledby=${card}] [aria-busy=true]`) !== null

  // The chart of the previous state is recognized by its caption, which names another dimension.
  const showsBars = (word: string): boolean =>
    document.querySelector(`svg[role=img][aria-label^="${word}, "]`) !== null && !isBusy('over-time')

  const showsRows = (): boolean =>
    document.querySelector('section[aria-labelledby=usage] tbody tr') !== null && !isBusy('usage')

  window.dashboard = {
    go: async ({ path, word }) => {
      await frame()
      const start = performance.now()
      move(path)
      // Bars are drawn in the turn that puts their words there: seen within a frame, that frame shows both.
      await until(() => showsBars(word), path)
      await painted()
      const bars = performance.now() - start
      if (showsRows()) return { bars, rows: bars }
      await until(showsRows, path)
      await painted()
      return { bars, rows: performance.now() - start }
    },
    leave: async () => {
      move('/settings')
      await until(
        () =>
          document.querySelector('section[aria-labelledby=over-time]') === null &&
          document.querySelector('[aria-busy=true]') === null,
        'Another page',
      )
      await new Promise((resolve) => requestIdleCallback(resolve))
    },
  }
}
