import { z } from 'zod'

import { id, parseRow, part, text } from '../../kit/rows.ts'
import { UNREADABLE, type Reading } from '../../kit/tally.ts'

const credentialRow = z.object({ credential_name: id, credential_info: part(z.object({ custom_llm_provider: text })) })

/** Apart from the hash of a virtual key, which has no colon. */
const PREFIX = 'credential:'

/** True if an id of a key names a deposited credential. */
export function isDeposit(externalId: string): boolean {
  return externalId.startsWith(PREFIX)
}

/** One credential of a model provider that is deposited in the proxy. Its values, masked or not, are not looked at. */
export function credentialReading(row: unknown): Reading {
  const credential = parseRow(credentialRow, row)
  if (credential === null) return UNREADABLE
  const { credential_name: name } = credential
  return {
    id: name,
    facts: [
      {
        type: 'key',
        externalId: `${PREFIX}${name}`,
        kind: 'project',
        name,
        hint: null,
        status: 'active',
        project: null,
        ownerState: 'unknown',
        owner: null,
        ownerAccess: null,
        createdAt: null,
        lastUse: { state: 'not-reported' },
        expiresAt: null,
        vendor: credential.credential_info?.custom_llm_provider ?? 'a model provider',
      },
    ],
    left: [],
  }
}
