import { Readable } from 'node:stream'

import type { Terminal } from '../../../electron/cli/kit/terminal.ts'

export interface FakeTerminal extends Terminal {
  /** Everything written so far. */
  readonly printed: () => string
  readonly complained: () => string
}

export interface Faked {
  readonly stdin?: string
  readonly columns?: number | null
  readonly colour?: boolean
  readonly showsProgress?: boolean
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

/** A terminal that keeps what is written to it. Standard input is a pipe that holds `stdin`. */
export function fakeTerminal(options: Faked = {}): FakeTerminal {
  const out: string[] = []
  const err: string[] = []
  const decoder = new TextDecoder()
  const write =
    (to: string[]): Terminal['out'] =>
    async (text) => {
      to.push(typeof text === 'string' ? text : decoder.decode(text))
    }
  return {
    out: write(out),
    err: write(err),
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]) as unknown as NodeJS.ReadStream,
    columns: options.columns ?? null,
    colour: options.colour ?? false,
    showsProgress: options.showsProgress ?? false,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    now: Date.now,
    printed: () => out.join(''),
    complained: () => err.join(''),
  }
}
