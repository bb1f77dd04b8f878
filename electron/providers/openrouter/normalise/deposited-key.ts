import { z } from 'zod'

import { fromRfc3339 } from '../../kit/instants.ts'
import { flag, id, optionalId, parseRow, raw, text } from '../../kit/rows.ts'
import { WITHOUT_ID, type Reading } from '../../kit/tally.ts'

const depositedRow = z.object({
  id,
  provider: id,
  name: text,
  label: text,
  disabled: flag,
  workspace_id: optionalId,
  created_at: raw,
})

/** Apart from the hash of a key of OpenRouter's own, which has no colon. */
const PREFIX = 'byok:'

/** The id of a deposited key in OpenRouter's addresses; null for the hash of a key of its own. */
export function getDepositId(externalId: string): string | null {
  return externalId.startsWith(PREFIX) ? externalId.slice(PREFIX.length) : null
}

/**
 * One deposited key of another provider (API reference, list BYOK credentials). One without a workspace is used in all
 * of them, and may be in the list of each. Who deposited it is not reported.
 */
export function depositedKeyReading(row: unknown): Reading {
  const key = parseRow(depositedRow, row)
  if (key === null) return WITHOUT_ID
  const left: string[] = []
  return {
    id: key.id,
    facts: [
      {
        type: 'key',
        externalId: `${PREFIX}${key.id}`,
        kind: 'project',
        name: key.name ?? `${key.provider} ${key.label ?? key.id}`,
        hint: key.label,
        status: key.disabled ? 'inactive' : 'active',
        project: key.workspace_id,
        ownerState: 'unknown',
        owner: null,
        ownerAccess: null,
        createdAt: fromRfc3339(key.created_at, left),
        lastUse: { state: 'not-reported' },
        expiresAt: null,
        vendor: key.provider,
      },
    ],
    left,
  }
}
