import { z } from 'zod'

import type { RestrictionFact } from '../../../../shared/domain/facts.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'
import { organizationGrant } from '../../kit/grants.ts'
import { id, parseRow, raw, text, word, toInstant } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { limitFields, toTerms } from './limit.ts'

const userRow = z.object({
  user_id: id,
  user_email: text,
  user_alias: text,
  user_role: word,
  created_at: raw,
  ...limitFields,
})

/** One user of the proxy, and at which amount and rates they are stopped. */
export function userReading(row: unknown): Reading {
  const user = parseRow(userRow, row)
  if (user === null) return UNREADABLE
  const { user_id: principal, user_role: roleRaw } = user
  const left: Omission[] = []
  const addedAt = toInstant(user, 'created_at', left)
  const known = {
    ...stub({ externalId: principal, kind: 'user', name: user.user_alias, email: user.user_email }),
    addedAt,
  }
  const terms = toTerms(user, left)
  const limits: readonly RestrictionFact[] =
    terms.length === 0
      ? []
      : [
          {
            type: 'restriction',
            externalId: `limits:user:${principal}`,
            kind: 'spend',
            name: null,
            project: null,
            terms,
            keys: null,
            members: [principal],
          },
        ]
  if (roleRaw === null) return { id: principal, facts: [known, ...limits], left }
  return {
    id: principal,
    facts: [
      { ...known, roleRaw, level: getLevel('litellm', 'organization', roleRaw) },
      organizationGrant('litellm', { principal, roleRaw, grantedAt: addedAt }),
      ...limits,
    ],
    left,
  }
}
