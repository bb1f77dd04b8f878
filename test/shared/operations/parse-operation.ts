import { isKind, type Kind, type Operation, OPERATIONS } from '../../../shared/operations/operations.ts'

export const KINDS = Object.keys(OPERATIONS) as readonly Kind[]

/** A row of the journal that may be an operation. */
interface Row extends Pick<Operation, 'at' | 'operator' | 'client' | 'subject'> {
  readonly action: string
  /** JSON. */
  readonly body: string
}

/** The operation that a row of the journal is; null for a row of another kind. Throws `ZodError` for a body that is not of its kind. */
export function parseOperation({ action, body, at, operator, client, subject }: Row): Operation | null {
  if (!isKind(action)) return null
  const parsed = OPERATIONS[action].body.parse(JSON.parse(body))
  return { kind: action, at, operator, client, subject, body: parsed } as Operation
}
