import { z } from 'zod'

import type { KeyFact, LastUse, LimitFact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { toExpiry, toInstant, flag, id, optionalId, parseRow, raw, text, word } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { microUsdOfDollars, NO_AMOUNT, getPeriod } from './limit.ts'

const keyRow = z.object({
  hash: id,
  name: text,
  label: text,
  workspace_id: optionalId,
  disabled: flag,
  limit: raw,
  limit_reset: word,
  creator_user_id: optionalId,
  created_at: raw,
  expires_at: raw,
  last_used_at: raw,
  usage: raw,
  byok_usage: raw,
})

type KeyRow = z.output<typeof keyRow>

/** Who is known of the organization when the keys of a workspace are read. */
export interface Members {
  readonly users: ReadonlyMap<string, PrincipalFact>
  /** True if `users` is the whole list, so that someone missing from it has left. */
  readonly whole: boolean
}

/**
 * One key, and its own limit where it has one. `listed`: the workspace whose list has the row. A row that names another one
 * is of that one: a gateway may ignore what it was asked for.
 */
export function keyReading(row: unknown, listed: string, members: Members): Reading {
  const key = parseRow(keyRow, row)
  if (key === null) return UNREADABLE
  const workspace = key.workspace_id ?? listed
  const left: Omission[] = []
  const fact: KeyFact = {
    type: 'key',
    externalId: key.hash,
    kind: 'project',
    name: key.name ?? key.hash,
    hint: key.label,
    status: key.disabled ? 'inactive' : 'active',
    project: workspace,
    ...ownership(key.creator_user_id, members),
    ownerAccess: null,
    createdAt: toInstant(key, 'created_at', left),
    lastUse: getLastUse(key, left),
    expiresAt: toExpiry(key, 'expires_at', left),
  }
  const limit = findLimit(key, workspace, left)
  return { id: key.hash, facts: limit === null ? [fact] : [fact, limit], left }
}

/** OpenRouter's record of last uses begins here (API reference, list keys). */
const RECORD_BEGINS = Date.UTC(2026, 0, 1)

/**
 * OpenRouter reports last uses since October 2026; without the field, the last use is unknown. Null for a key that has
 * spent, on OpenRouter's credit or on the organization's own vendor account, means that its last use is older than the
 * record.
 */
function getLastUse(key: KeyRow, left: Omission[]): LastUse {
  if (key.last_used_at === undefined) return { state: 'not-reported' }
  if (key.last_used_at !== null) {
    const at = toInstant(key, 'last_used_at', left)
    return at === null ? { state: 'not-reported' } : { state: 'known', at }
  }
  const spent = [key.usage, key.byok_usage].map(microUsdOfDollars)
  if (spent.some((amount) => amount !== null && amount > 0)) return { state: 'before', at: RECORD_BEGINS }
  return spent[0] === null ? { state: 'not-reported' } : { state: 'never' }
}

/** A key is made by a member and outlives them: as long as they are there, it is known whom to ask. */
function ownership(creator: string | null, { users, whole }: Members): Pick<KeyFact, 'ownerState' | 'owner'> {
  if (creator === null) return { ownerState: 'unknown', owner: null }
  const user = users.get(creator)
  return {
    ownerState: user === undefined && whole ? 'none' : 'known',
    owner: { externalId: creator, kind: 'user', name: user?.name ?? null, email: user?.email ?? null },
  }
}

/** The spend limit of the key alone: no limit of the workspace, which its name keeps apart. */
function findLimit(key: KeyRow, workspace: string, left: Omission[]): LimitFact | null {
  if (key.limit === null || key.limit === undefined) return null
  const amount = microUsdOfDollars(key.limit)
  if (amount === null) {
    left.push(NO_AMOUNT)
    return null
  }
  return {
    type: 'limit',
    externalId: `spend:key:${key.hash}`,
    project: workspace,
    kind: 'spend',
    enforcement: 'hard',
    metric: 'usd',
    model: `key ${key.name ?? key.hash}`,
    amount,
    period: getPeriod(key.limit_reset),
  }
}
