import type { ConnectionFault } from '../../../shared/domain/connection-fault.ts'
import type { RefusalForm } from '../../files/thread.ts'

/** The errors of the contract that any use case may raise. */
export type RefusalCode =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'CONFLICT'
  | 'READ_ONLY'
  | 'KEYCHAIN'
  | 'PROVIDER'
  | 'OFFLINE'
  | 'NOT_ALLOWED'

/**
 * A use case refuses: `message` is what is wrong and where, `hint` what to do. The transport turns it into the
 * contract's typed error. Neither text contains a secret.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly hint: string
  /** The input field that is wrong or, for a `CONFLICT`, missing; who holds the lock, for `READ_ONLY`. */
  readonly about: string | null
  /** The kind of failure, for `PROVIDER`. */
  readonly fault: ConnectionFault | null

  constructor(
    code: RefusalCode,
    message: string,
    hint: string,
    options: {
      readonly about?: string | null
      readonly fault?: ConnectionFault
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.hint = hint
    this.about = options.about ?? null
    this.fault = options.fault ?? null
  }
}

/** How a refusal leaves a thread. */
export const REFUSALS: RefusalForm<Pick<Refusal, 'code' | 'message' | 'hint' | 'about'>> = {
  read: (error) => {
    if (!(error instanceof Refusal)) return null
    const { code, message, hint, about } = error
    return { code, message, hint, about }
  },
  make: ({ code, message, hint, about }) => new Refusal(code, message, hint, { about }),
}

export function notFound(what: string, hint: string): Refusal {
  return new Refusal('NOT_FOUND', `${what} is not in the register.`, hint)
}

export function invalid(field: string | null, message: string, hint: string): Refusal {
  return new Refusal('INVALID', message, hint, { about: field })
}

/** True if a connection was refused because it has no API key. */
export function isKeyMissing({ code, about }: Refusal): boolean {
  return code === 'CONFLICT' && about === 'credential'
}

/** The hint about an item of a list that does not exist any more. */
export const READ_AGAIN = 'It may have been removed from the register since the list was read; read the list again.'
