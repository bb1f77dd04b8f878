import { plainText } from '../../../shared/domain/text/visible-text.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** The command line asks for what cannot be. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

/** It was understood and could not be done. */
export class Failed extends Error {
  override readonly name = 'Failed'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

export interface Failure {
  readonly code: ExitCode
  readonly message: string
  readonly hint: string | null
}

/** Errors that no code of ours raises on purpose. */
const UNFORESEEN: ReadonlySet<string> = new Set([
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'AssertionError',
])

/**
 * An error as one plain sentence and what to do about it. Errors of the service carry `hint`, or `data.hint` as the
 * contract has it. What nobody foresaw is called a fault of the program, without its stack.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof Misuse) return { code: EXIT.misuse, message: error.message, hint: error.hint }
  if (!(error instanceof Error)) return { code: EXIT.failed, message: plain(String(error)), hint: null }
  // What the contract did not let in.
  if ('code' in error && error.code === 'BAD_REQUEST') {
    return { code: EXIT.misuse, message: plain(error.message), hint: 'See --help.' }
  }
  if (UNFORESEEN.has(error.name)) {
    return {
      code: EXIT.failed,
      message: `Castellan stopped on a fault of its own: ${plain(error.message)}`,
      hint: 'Nothing of the last step was kept. Run it again with CASTELLAN_DEBUG=1 to see where it happened.',
    }
  }
  const hint = readData(error)['hint'] ?? ('hint' in error ? error.hint : null)
  return {
    code: EXIT.failed,
    message: plain(error.message) || error.name,
    hint: typeof hint === 'string' ? plain(hint) : null,
  }
}

function readData(error: Error): Readonly<Record<string, unknown>> {
  return 'data' in error && typeof error.data === 'object' && error.data !== null ? { ...error.data } : {}
}

/** An error's text may hold what a provider said. */
function plain(text: string): string {
  return plainText(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Whether another process is the profile's writer. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'READ_ONLY'
}

/** As it stands on standard error. */
export function failureText({ message, hint }: Pick<Failure, 'message' | 'hint'>): string {
  return hint === null ? `${message}\n` : `${message}\n${hint}\n`
}
