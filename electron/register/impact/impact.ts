import type { ImpactReport, ImpactRow, ImpactSubject } from '../../../shared/contract/impact.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { impactSays, type Consequence } from '../../../shared/domain/impact/says.ts'
import type { Reader } from '../db/handles.ts'
import { keyCosts } from '../facts/key-cost.ts'
import type { Scope } from '../db/scope.ts'
import { listAccess, listUnadministered, withOthers } from './access.ts'
import { listDeposits } from './deposits.ts'
import { listKeys, withStandbys } from './keys.ts'
import { resolveSubject } from './subject.ts'

/** More rows than a person reads; the totals cover all rows. */
export const MOST_ROWS = 500

/** A row as the sentences about the consequences need it; `used`: in the last 30 days. */
export function toConsequence(row: ImpactRow, now: number): Consequence {
  return {
    kind: row.kind,
    effect: row.effect,
    environment: row.environment,
    usedSince: row.lastUsedAt !== null && row.lastUsedAt > now - 30 * DAY_MS,
    connectionId: row.connection.id,
    cost30Micros: row.cost30Micros,
  }
}

/**
 * What is revoked and what is unaffected if a subject is removed at the provider. `now` in milliseconds decides which
 * keys have expired and which were used recently. Null when there is no such subject in scope. Eight statements
 * whatever the size; of a key, those of its deposits too.
 */
export function findImpact(
  reader: Reader,
  subject: ImpactSubject,
  { now = Date.now(), ...scope }: Scope & { readonly now?: number } = {},
): ImpactReport | null {
  const resolved = resolveSubject(reader, subject, scope)
  if (resolved === null) return null
  const found = listKeys(reader, resolved, now)
  const ids = found.map((key) => key.id)
  const costs = keyCosts(reader, ids, now)
  const keys = found.map((key) => ({ ...key, cost30Micros: costs.get(key.id) ?? null }))
  const access = [...listDeposits(reader, resolved, now), ...listAccess(reader, resolved, now)]
  const shownKeys = keys.slice(0, MOST_ROWS)
  const shownAccess = access.slice(0, MOST_ROWS - shownKeys.length)
  const rows = [...withStandbys(reader, shownKeys, keys, now), ...withOthers(reader, shownAccess, resolved, now)]
  const rest: readonly ImpactRow[] = [...keys.slice(shownKeys.length), ...access.slice(shownAccess.length)]
  return {
    subject: { ...subject, name: resolved.name },
    rows,
    more: rest.length,
    says: impactSays(
      [...rows, ...rest].map((row) => toConsequence(row, now)),
      resolved.notes,
      listUnadministered(reader, resolved, now),
    ),
  }
}
