const HELLO = 'castellan:hello'
const ANSWER = 'castellan:port'

/** How often the page asks again: the other side may start listening a moment later than the page. */
const ASK_EVERY_MS = 250

/** How long the page waits before it reports that nothing answers. */
const GIVE_UP_AFTER_MS = 10_000

export class NoPort extends Error {
  override readonly name = 'NoPort'
}

let asked: Promise<MessagePort> | null = null

/**
 * The one port to the service, asked for once: the page posts a message to its own window, and the preload (or the
 * Chromium shell's init script) answers with the port.
 *
 * @throws NoPort when nothing answers in 10 seconds; the next call asks again.
 */
export function servicePort(): Promise<MessagePort> {
  asked ??= askForPort().catch((error: unknown) => {
    asked = null
    throw error
  })
  return asked
}

function askForPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const hello = (): void => window.postMessage(HELLO, location.origin)
    const stop = (): void => {
      window.removeEventListener('message', onMessage)
      clearInterval(again)
      clearTimeout(giveUp)
    }
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== ANSWER || !port) return
      stop()
      port.start()
      resolve(port)
    }
    window.addEventListener('message', onMessage)
    const again = setInterval(hello, ASK_EVERY_MS)
    const giveUp = setTimeout(() => {
      stop()
      reject(new NoPort('The window could not reach the service.'))
    }, GIVE_UP_AFTER_MS)
    hello()
  })
}
