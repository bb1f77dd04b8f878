import { isDefinedError, ORPCError } from '@orpc/client'

/** An error for people: what is wrong and where, and what to do about it. */
export interface Failure {
  readonly message: string
  readonly hint: string | null
  /** The refused input field, when the service names one. */
  readonly field: string | null
  /** Whether the same call can succeed later without a change. */
  readonly canRetry: boolean
  /** Whether it is an error of the contract; anything else is unexpected. */
  readonly typed: boolean
}

const UNEXPECTED = 'Something went wrong.'
const UNEXPECTED_HINT = 'Try again. If it keeps failing, restart Castellan.'

/** An error or a refusal of the window itself, with what to do about it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

/** Converts any thrown value. Typed errors of the contract keep their message and `data.hint`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    const typed = isDefinedError(error)
    return {
      message: error.message === '' ? UNEXPECTED : error.message,
      hint: textAt(data, 'hint') ?? (typed ? null : UNEXPECTED_HINT),
      field: textAt(data, 'field'),
      canRetry: !['NOT_FOUND', 'INVALID', 'BAD_REQUEST'].includes(error.code),
      typed,
    }
  }
  if (error instanceof Problem) {
    return { message: error.message, hint: error.hint, field: null, canRetry: true, typed: true }
  }
  const message = error instanceof Error && error.message !== '' ? error.message : UNEXPECTED
  return { message, hint: UNEXPECTED_HINT, field: null, canRetry: true, typed: false }
}

function textAt(data: unknown, name: string): string | null {
  if (typeof data !== 'object' || data === null || !(name in data)) return null
  const value: unknown = Reflect.get(data, name)
  return typeof value === 'string' && value !== '' ? value : null
}
