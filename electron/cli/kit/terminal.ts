/** The terminal that a command line runs in. Tests pass their own. */
export interface Terminal {
  /** Resolves when the text is written. Throws `OutputClosed` when the reader has closed the pipe (`| head`). */
  /** `shown`: new secrets in it that a person asked to see. */
  out(text: string | Uint8Array, shown?: readonly string[]): Promise<void>
  err(text: string): Promise<void>
  /** Standard error for a question to a person, also under --quiet; `err` unless given. */
  ask?(text: string): Promise<void>
  readonly stdin: NodeJS.ReadStream
  /** Columns of the screen; null where standard output is not a screen: then nothing is cut. */
  readonly columns: number | null
  readonly colour: boolean
  /** True if standard error is a terminal, so that a long operation shows its progress there. */
  readonly showsProgress: boolean
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  now(): number
}

/** The reader of standard output has closed it, so there is nothing to report. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

export function processTerminal(): Terminal {
  const { stdout, env } = process
  return {
    out: makeWriter(() => stdout),
    err: makeWriter(() => process.stderr),
    get stdin() {
      return process.stdin
    },
    columns: stdout.isTTY ? stdout.columns : null,
    colour: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    get showsProgress() {
      return process.stderr.isTTY
    },
    env,
    cwd: process.cwd(),
    now: Date.now,
  }
}

/** A stream is opened when something is written to it first. */
function makeWriter(open: () => NodeJS.WriteStream): (text: string | Uint8Array) => Promise<void> {
  let opened: NodeJS.WriteStream | null = null
  const getStream = (): NodeJS.WriteStream => {
    // Without a listener the first write after the reader closed would end the process with a stack trace.
    opened ??= open().on('error', () => undefined)
    return opened
  }
  return (text) =>
    new Promise((resolve, reject) => {
      getStream().write(text, (error) => {
        if (!error) resolve()
        else if ('code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')) {
          reject(new OutputClosed())
        } else reject(error)
      })
    })
}
