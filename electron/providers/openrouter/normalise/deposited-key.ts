import { z } from 'zod'

import { toInstant, flag, id, optionalId, parseRow, raw, text, words } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import type { RestrictionFact } from '../../../../shared/domain/facts.ts'

const depositedRow = z.object({
  id,
  provider: id,
  name: text,
  label: text,
  disabled: flag,
  workspace_id: optionalId,
  created_at: raw,
  allowed_models: words,
  allowed_api_key_hashes: words,
  allowed_user_ids: words,
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
  if (key === null) return UNREADABLE
  const left: Omission[] = []
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
        createdAt: toInstant(key, 'created_at', left),
        lastUse: { state: 'not-reported' },
        expiresAt: null,
        vendor: key.provider,
      },
      ...toRestriction(key),
    ],
    left,
  }
}

/** Who may use the credential, and for which models; nothing where all keys of the workspace may, for all models. */
function toRestriction(key: z.output<typeof depositedRow>): readonly RestrictionFact[] {
  const { allowed_api_key_hashes: hashes, allowed_user_ids: users } = key
  const models = key.allowed_models ?? []
  if (hashes === null && users === null && models.length === 0) return []
  const isForAll = hashes === null && users === null
  return [
    {
      type: 'restriction',
      externalId: `${PREFIX}${key.id}`,
      kind: 'credential',
      name: key.name ?? key.label,
      project: key.workspace_id,
      terms: [`calls ${key.provider} with it`, ...(models.length === 0 ? [] : [`only ${models.join(', ')}`])],
      keys: isForAll ? null : (hashes ?? []),
      members: isForAll ? null : (users ?? []),
    },
  ]
}
