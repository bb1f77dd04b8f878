import { type ChildProcess, fork as forkNode, type StdioOptions } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { app } from './app.ts'
import { emulated, Emulated, emulates } from './emulated.ts'
import { type Crossing, type MessagePortMain, portWire } from './ports.ts'

type Stdio = 'inherit' | 'pipe' | 'ignore'

export interface ForkOptions {
  readonly serviceName?: string
  readonly stdio?: Stdio | readonly Stdio[]
  readonly execArgv?: readonly string[]
}

const FLAGS = '--js-flags='

/** A process of the application beside the main one: a real one, joined by real ports. */
export class UtilityProcess extends Emulated {
  static readonly $made: UtilityProcess[] = []
  readonly #child: ChildProcess
  readonly #wire = portWire('main-', (crossing) => {
    if (this.#child.connected) this.#child.send(crossing)
  })

  constructor(file: string, args: readonly string[], options: ForkOptions) {
    super()
    UtilityProcess.$made.push(this)
    const { stdio = 'inherit', execArgv = [], serviceName: _name, ...others } = options
    if (Object.keys(others).length > 0)
      throw new Error(`The stand-in forks no process with ${Object.keys(others).join(', ')}.`)
    const flags = execArgv
      .filter((each) => each.startsWith(FLAGS))
      .flatMap((each) => each.slice(FLAGS.length).split(' '))
    this.#child = forkNode(file, [...args], {
      // Other switches are Chromium's: they reach no flag of V8 and no option of Node.
      execArgv: ['--import', join(import.meta.dirname, 'parent-port.ts'), ...flags],
      serialization: 'advanced',
      stdio: [...(typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio), 'ipc'] as StdioOptions,
    })
    // Chromium's sandbox refuses root, and reports it before it runs anything.
    if (process.getuid?.() === 0 && app.commandLine.hasSwitch('enable-sandbox')) this.#child.kill('SIGTRAP')
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (crossing: Crossing) => {
      const arrived = this.#wire.receive(crossing)
      if (arrived !== null) this.emit('message', arrived.data)
    })
    this.#child.on('exit', (code, signal) => {
      process.off('exit', end)
      this.#wire.closeAll()
      this.emit('exit', code ?? (signal === null ? 1 : 128))
    })
    const end = (): void => void this.#child.kill('SIGKILL')
    process.on('exit', end)
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  get stdout(): Readable | null {
    return this.#child.stdout
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#wire.post(message, transfer)
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }
}
emulates('UtilityProcess', UtilityProcess)

export const utilityProcess = emulated('UtilityProcess', {
  fork: (file: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess => {
    return new UtilityProcess(file, args, options)
  },
})
