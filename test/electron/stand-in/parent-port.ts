import { Emulated, emulates, writeExercised } from './emulated.ts'
import { type Crossing, type MessagePortMain, portWire } from './ports.ts'

/** `process.parentPort` of a utility process: what was sent before the first listener waits for it. */
export class ParentPort extends Emulated {
  readonly #wire = portWire('child-', (crossing) => {
    process.send?.(crossing)
  })
  #isStarted = false

  override on(event: string, listener: (...values: never[]) => void): this {
    super.on(event, listener)
    if (event === 'message' && !this.#isStarted) {
      this.#isStarted = true
      process.on('message', (crossing: Crossing) => {
        const arrived = this.#wire.receive(crossing)
        if (arrived !== null) this.emit('message', arrived)
      })
    }
    return this
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#wire.post(message, transfer)
  }
}
emulates('ParentPort', ParentPort)

Object.defineProperty(process, 'parentPort', { value: new ParentPort() })
// A utility process ends with the application, and not by itself.
process.on('disconnect', () => process.exit(0))
process.on('exit', writeExercised)
