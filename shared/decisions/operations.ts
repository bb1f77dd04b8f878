import type { z } from 'zod'

import { CLIENT_OPERATIONS } from './clients.ts'
import { CONNECTION_OPERATIONS, CUSTODY_OPERATIONS } from './connections.ts'
import { FINDINGS_OPERATIONS } from './findings.ts'
import { KEY_OPERATIONS } from './keys.ts'
import type { OperationKind } from './kind.ts'
import { PEOPLE_OPERATIONS } from './people.ts'
import { PLAN_OPERATIONS } from './plans.ts'
import { READING_OPERATIONS } from './readings.ts'
import { REMEDIATION_OPERATIONS } from './remediation.ts'
import { REVIEW_OPERATIONS } from './reviews.ts'
import { REPORT_OPERATIONS, SETTINGS_OPERATIONS } from './settings.ts'
import { TODAY_OPERATIONS } from './today.ts'
import { BUDGET_OPERATIONS, FOLDER_OPERATIONS, PRICE_OPERATIONS } from './usage.ts'
import { VIEW_OPERATIONS } from './views.ts'

/** All kinds of operations. A row of the journal of another kind records what was done, and no table follows from it. */
export const OPERATIONS = {
  ...CLIENT_OPERATIONS,
  ...CONNECTION_OPERATIONS,
  ...CUSTODY_OPERATIONS,
  ...FINDINGS_OPERATIONS,
  ...KEY_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...PLAN_OPERATIONS,
  ...REMEDIATION_OPERATIONS,
  ...REVIEW_OPERATIONS,
  ...SETTINGS_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...TODAY_OPERATIONS,
  ...BUDGET_OPERATIONS,
  ...PRICE_OPERATIONS,
  ...FOLDER_OPERATIONS,
  ...VIEW_OPERATIONS,
} as const satisfies Readonly<Record<string, OperationKind>>
export type Kind = keyof typeof OPERATIONS

/** All kinds, with those that the audit log does not have. */
export const ALL_OPERATIONS = { ...OPERATIONS, ...READING_OPERATIONS }

export type BodyOf<K extends Kind> = z.infer<(typeof OPERATIONS)[K]['body']>

/** A decision as data: a row of the journal. */
export interface OperationOf<K extends Kind> {
  readonly kind: K
  /** Milliseconds, by the operator's clock. */
  readonly at: number
  readonly operator: string
  /** Slug; null for the whole agency. */
  readonly client: string | null
  /** In words that are readable after the subject is removed. */
  readonly subject: string
  readonly body: BodyOf<K>
}
export type Operation = { [K in Kind]: OperationOf<K> }[Kind]

export function isKind(action: string): action is Kind {
  return Object.hasOwn(OPERATIONS, action)
}

/** A row of the journal that may be an operation. */
interface Row extends Pick<Operation, 'at' | 'operator' | 'client' | 'subject'> {
  readonly action: string
  /** JSON. */
  readonly body: string
}

/** The operation that a row of the journal is; null for a row of another kind. Throws `ZodError` for a body that is not its own. */
export function parseOperation({ action, body, at, operator, client, subject }: Row): Operation | null {
  if (!isKind(action)) return null
  return {
    kind: action,
    at,
    operator,
    client,
    subject,
    body: OPERATIONS[action].body.parse(JSON.parse(body)),
  } as Operation
}
