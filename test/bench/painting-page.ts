/** The waits of the benchmarks inside the page. */
export interface Painting {
  readonly frame: () => Promise<void>
  /** To be called within a frame: ends after that frame was handed on to be shown. */
  readonly painted: () => Promise<void>
}

declare global {
  interface Window {
    painting: Painting
  }
}

/** Puts `painting` into the page, before what uses it. Sent as its source, so it refers to nothing outside itself. */
export function installPainting(): void {
  window.painting = {
    frame: () => new Promise((resolve) => requestAnimationFrame(() => resolve())),
    // A message that is posted within a frame arrives after it.
    painted: () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve(), { once: true })
        port1.start()
        port2.postMessage(null)
      }),
  }
}
