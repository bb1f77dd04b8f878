import { isDefinedError, ORPCError } from '@orpc/client'

import { capitalize } from '../../shared/domain/capitalize.ts'

/** An error for people: what is wrong and where, and what to do about it. */
export interface Failure {
  readonly message: string
  readonly hint: string | null
  /** The refused input field, when the service names one. */
  readonly field: string | null
  /** The reason for each refused input field, by its name in the contract. */
  readonly fields: Readonly<Record<string, string>>
  /** True if the same call can succeed later without a change. */
  readonly canRetry: boolean
  /** True if it is an error of the contract; anything else is unexpected. */
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

/**
 * Converts any thrown value. Typed errors of the contract keep their message and `data.hint`; input that the contract
 * refuses has a reason for each field. The words of a transport or a library are never shown.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    const fields = listReasons(error.message, data)
    const typed = error.code === 'BAD_REQUEST' || isDefinedError(error)
    return {
      message: typed && error.message !== '' ? error.message : UNEXPECTED,
      hint: textAt(data, 'hint') ?? (typed ? null : UNEXPECTED_HINT),
      field: Object.keys(fields)[0] ?? null,
      fields,
      canRetry: !['NOT_FOUND', 'INVALID', 'BAD_REQUEST', 'NOT_ALLOWED'].includes(error.code),
      typed,
    }
  }
  const own = { field: null, fields: {}, canRetry: true }
  if (error instanceof Problem) return { ...own, message: error.message, hint: error.hint, typed: true }
  const message = error instanceof Error && error.message !== '' ? error.message : UNEXPECTED
  return { ...own, message, hint: UNEXPECTED_HINT, typed: false }
}

/** The reasons by field: of the one that the service names, or of each that the contract refuses. */
function listReasons(message: string, data: unknown): Readonly<Record<string, string>> {
  const field = textAt(data, 'field')
  if (field !== null) return { [field]: [message, textAt(data, 'hint')].filter((text) => text !== null).join(' ') }
  const reasons: Record<string, string> = {}
  for (const issue of listAt(data, 'issues')) {
    const [name] = listAt(issue, 'path')
    const reason = textAt(issue, 'message')
    if (typeof name !== 'string' || reason === null || Object.hasOwn(reasons, name)) continue
    reasons[name] = capitalize(reason)
  }
  return reasons
}

function valueAt(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null && name in data ? Reflect.get(data, name) : undefined
}

function textAt(data: unknown, name: string): string | null {
  const value = valueAt(data, name)
  return typeof value === 'string' && value !== '' ? value : null
}

function listAt(data: unknown, name: string): readonly unknown[] {
  const value = valueAt(data, name)
  return Array.isArray(value) ? value : []
}
