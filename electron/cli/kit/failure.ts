import { plainText } from '../../../shared/domain/text/visible-text.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** The command line is not valid. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

/** The command line is valid, but the command failed. */
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

/** Errors that our code never throws on purpose. */
const UNFORESEEN: ReadonlySet<string> = new Set([
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'AssertionError',
])

/**
 * An error as one plain sentence and what to do about it. Errors of the service have `hint`, or `data.hint` as in the
 * contract. An unexpected error is reported as an internal error, without its stack.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof Misuse) return { code: EXIT.misuse, message: error.message, hint: error.hint }
  if (!(error instanceof Error)) return { code: EXIT.failed, message: plain(String(error)), hint: null }
  // The contract rejected the input.
  if ('code' in error && error.code === 'BAD_REQUEST') {
    return { code: EXIT.misuse, message: plain(error.message), hint: 'See --help.' }
  }
  if (UNFORESEEN.has(error.name)) {
    return {
      code: EXIT.failed,
      message: `Castellan stopped because of an internal error: ${plain(error.message)}`,
      hint: 'The last step was not saved. Run it again with CASTELLAN_DEBUG=1 to see where the error happened.',
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

/** The text of an error may contain text of a provider. */
function plain(text: string): string {
  return plainText(text).replaceAll(/\s+/gu, ' ').trim()
}

/** True if another process is the profile's writer. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'READ_ONLY'
}

/** As it is printed on standard error. */
export function failureText({ message, hint }: Pick<Failure, 'message' | 'hint'>): string {
  return hint === null ? `${message}\n` : `${message}\n${hint}\n`
}
