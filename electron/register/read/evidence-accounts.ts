import type { OwnerKind } from '../../../shared/domain/facts.ts'
import type { ReviewedAccount } from '../../../shared/report/evidence-rosters.ts'
import type { Reader } from '../db/handles.ts'
import { isEndUnknown } from '../facts/key-end.ts'
import { isUsable } from '../facts/key-state.ts'
import { asOfSync } from './as-of.ts'

interface Account {
  readonly id: number
  readonly externalId: string
  readonly name: string | null
  readonly status: string
  readonly reviewed: number
}

const ACCOUNTS = `SELECT p.id, p.external_id AS externalId, p.name, p.status,
    EXISTS (SELECT 1 FROM review_item i WHERE i.principal_id = p.id AND i.review_id = :review) AS reviewed
  FROM account_history p
  WHERE p.connection_id = :connection AND p.kind = 'service-account' AND ${asOfSync('p')} ORDER BY p.name COLLATE NOCASE, p.external_id`

interface Key {
  readonly account: string
  readonly name: string
  readonly contact: string | null
  readonly purpose: string | null
  readonly createdAt: number | null
  readonly expiresAt: number | null
  readonly isEndUnknown: 0 | 1
}

const OWNED: OwnerKind = 'service-account'

/** Keys that could be used when the sync ended. */
const KEYS = `SELECT k.owner_external_id AS account, k.name, l.contact, ifnull(l.purpose, k.named_purpose) AS purpose, k.created_at AS createdAt,
    k.expires_at AS expiresAt, ${isEndUnknown('(SELECT cn.provider FROM connection cn WHERE cn.id = k.connection_id)', 'k.')} AS isEndUnknown
  FROM key_history k JOIN logical_key l ON l.id = k.logical_key_id
  WHERE k.connection_id = :connection AND k.owner_kind = '${OWNED}' AND +k.owner_external_id IS NOT NULL AND ${asOfSync('k')} AND ${isUsable('k')}`

interface Rule {
  readonly account: number
  readonly workload: string
  readonly tokenSeconds: number | null
}

const RULES = `SELECT v.account_id AS account, v.workload, v.lifetime_seconds AS tokenSeconds FROM federation_version v
  WHERE v.connection_id = :connection AND v.account_id IS NOT NULL AND ${asOfSync('v')} AND v.status = 'active'
    AND ifnull(v.issuer_status, 'active') = 'active'`

/**
 * The service accounts of a connection as of a sync, by name, with what opened them then: the roster of `serviceAccountRows`
 * at an earlier moment. Owners and purposes are the present ones, since only a provider's facts have versions. Four
 * statements whatever their number.
 */
export function accountsAsOf(
  reader: Reader,
  of: { readonly review: number; readonly connection: number; readonly sync: number },
): ReviewedAccount[] {
  const { review, connection, sync } = of
  const then = { connection, sync }
  const now = reader.value<number>('SELECT finished_at FROM sync WHERE id = ?', [sync]) ?? 0
  const keys = Map.groupBy(reader.all<Key>(KEYS, { ...then, now }), ({ account }) => account)
  const rules = Map.groupBy(reader.all<Rule>(RULES, then), ({ account }) => account)
  return reader.all<Account>(ACCOUNTS, { ...then, review }).map(({ id, reviewed, ...account }) => ({
    ...account,
    ...describeCredentials(keys.get(account.externalId) ?? [], rules.get(id) ?? []),
    reviewed: reviewed === 1,
  }))
}

type Credentials = Omit<ReviewedAccount, 'externalId' | 'name' | 'status' | 'reviewed'>

function describeCredentials(keys: readonly Key[], rules: readonly Rule[]): Credentials {
  const kind = rules.length === 0 ? ('key' as const) : ('both' as const)
  return {
    contacts: distinct(keys.map(({ contact }) => contact)),
    purposes: distinct(keys.map(({ purpose }) => purpose)),
    credential: keys.length > 0 ? kind : rules.length === 0 ? 'none' : 'federation',
    keys: keys.length,
    endless: keys.filter(({ expiresAt, isEndUnknown: unknown }) => expiresAt === null && unknown === 0).length,
    endsUnknown: keys.filter(({ isEndUnknown: unknown }) => unknown === 1).length,
    keyEndsAt: pick(
      Math.min,
      keys.map(({ expiresAt }) => expiresAt),
    ),
    rotatedAt: pick(
      Math.max,
      keys.map(({ createdAt }) => createdAt),
    ),
    tokenSeconds: pick(
      Math.max,
      rules.map(({ tokenSeconds }) => tokenSeconds),
    ),
    dependants: distinct([...keys.map(({ name }) => name), ...rules.map(({ workload }) => workload)]),
  }
}

function distinct(words: readonly (string | null)[]): string[] {
  return [...new Set(words.filter((word) => word !== null))].sort()
}

function pick(choose: (...values: readonly number[]) => number, values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : choose(...known)
}
