import { z } from 'zod'

import { CallFailure } from '../../errors.ts'
import { CredentialRefused } from '../../provider.ts'
import { flag, optionalId, parseRow } from '../../rows.ts'
import type { Reading } from '../../tally.ts'

const keyRow = z.object({
  data: z.object({
    is_management_key: flag,
    is_provisioning_key: flag,
    organization_id: optionalId,
    creator_user_id: optionalId,
  }),
})

const NO_MANAGEMENT_KEY =
  'This OpenRouter key calls models and does not open the organization; both kinds begin with sk-or-v1-. Make a management key in the settings of the organization and set that.'

/**
 * The organization of the key that asks. An account without an organization is the one of its user. Throws
 * `CredentialRefused` for a key that is no management key, and `CallFailure` for an answer that is about no key.
 */
export function organizationReading(answer: unknown): Reading {
  const key = parseRow(keyRow, answer)?.data
  if (key === undefined) throw new CallFailure('malformed', 'it is about no key')
  if (!key.is_management_key && !key.is_provisioning_key) throw new CredentialRefused(NO_MANAGEMENT_KEY)
  const externalId = key.organization_id ?? key.creator_user_id
  if (externalId === null) throw new CallFailure('malformed', 'it names no organization')
  return { id: externalId, facts: [{ type: 'organization', externalId, name: null }], left: [] }
}
