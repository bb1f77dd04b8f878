import { isDefinedError, ORPCError } from '@orpc/client'

/** An error as people read it: what is wrong and where, and what to do about it. */
export interface Failure {
  readonly message: string
  readonly hint: string | null
  /** The input field that is refused, where the service names one. */
  readonly field: string | null
  /** Whether the same call can succeed later without anything being changed. */
  readonly canRetry: boolean
  /** One of the errors that the contract names; anything else is a surprise. */
  readonly typed: boolean
}

const UNEXPECTED = 'The register answered in a way that was not expected.'
const UNEXPECTED_HINT = 'Try again. If it stays, restart Castellan.'

/** Something that the window itself refuses or reports, with what to do about it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly hint: string | null

  constructor(message: string, hint: string | null = null) {
    super(message)
    this.hint = hint
  }
}

/** Any thrown value as a failure. Typed errors of the contract keep their message and `data.hint`. */
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
