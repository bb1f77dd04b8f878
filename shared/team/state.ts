import { CLIENTS } from '../decisions/clients.ts'
import { CONNECTIONS, CUSTODIANS } from '../decisions/connections.ts'
import { ACCEPTANCES } from '../decisions/findings.ts'
import { type Decision, type DecisionsOn, foldDecision } from '../decisions/fold.ts'
import { LOGICAL_KEYS, SNOOZES } from '../decisions/keys.ts'
import { LAST_REVIEWS } from '../decisions/people.ts'
import { PLAN_ANSWERS, PLAN_BINDINGS, PLAN_VERSIONS, PLANS } from '../decisions/plans.ts'
import { REMEDIATIONS } from '../decisions/remediation.ts'
import { BATCHES, REVIEWS } from '../decisions/reviews.ts'
import { POLICIES, REPORTS } from '../decisions/settings.ts'
import { MATTERS } from '../decisions/today.ts'
import { BUDGETS, PRICES } from '../decisions/usage.ts'
import { VIEWS } from '../decisions/views.ts'
import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import { FOLD_VERSION } from './outcome.ts'

/** An operation of a log that counts, at its place. */
export interface CountingOperation {
  readonly kind: string
  readonly at: number
  readonly subject: string
  readonly body: Readonly<Record<string, unknown>>
  /** The author, by uid. */
  readonly member: string
  /** Its place among the operations of the log, and that of the operation that `on` names; -1 for none. */
  readonly order: number
  readonly seen: number
}

/** The rows that the counting operations of one log decide, from which two devices see that they make the same of it. */
export interface LogState {
  /** Takes the next one. */
  take(operation: CountingOperation): void
  /** The state hash in hex at a head, which is in hex. */
  hash(next: number, head: string): string
}

type AnyTable = DecisionsOn<object, never>

/** Tables of which every field follows from the operations of one log. */
export const STATE_TABLES = [
  CLIENTS,
  CONNECTIONS,
  CUSTODIANS,
  ACCEPTANCES,
  LOGICAL_KEYS,
  SNOOZES,
  PLANS,
  PLAN_VERSIONS,
  PLAN_BINDINGS,
  PLAN_ANSWERS,
  LAST_REVIEWS,
  REVIEWS,
  BATCHES,
  REMEDIATIONS,
  POLICIES,
  REPORTS,
  MATTERS,
  BUDGETS,
  PRICES,
  VIEWS,
] as unknown as readonly AnyTable[]

const BY_KIND = Map.groupBy(
  STATE_TABLES.flatMap((table) => Object.keys(table.folds).map((kind) => ({ kind, table }))),
  ({ kind }) => kind,
)

const MOST = 2n ** 256n

/**
 * Of one log, before its first operation. Rows are folded from operations that count alone: with the log for the client, members for their names
 * and no number of a register, so that devices with the same log have the same rows. The sum of their hashes costs a batch only the rows that it
 * changes; it is a checksum among friends, and rights rest on signatures. `sha256`: of a text in UTF-8, in hex.
 */
export function createLogState(log: string, isAgency: boolean, sha256: (text: string) => string): LogState {
  const groups = new Map<AnyTable, Map<string, Map<string, object>>>()
  const hashes = new Map<string, bigint>()
  /** By connection, the reading that began last, and of several the last one. */
  const readings = new Map<string, { readonly began: number; readonly of: Json }>()
  const changed = new Set<string>()
  let sum = 0n
  const setRow = (name: string, row: Json | null): void => {
    const hash = row === null ? 0n : BigInt(`0x${sha256(canonicalJson([name, row]))}`)
    sum = (sum + MOST - (hashes.get(name) ?? 0n) + hash) % MOST
    if (row === null) hashes.delete(name)
    else hashes.set(name, hash)
  }
  const fold = (table: AnyTable, decision: Decision): void => {
    const { table: noun, key, group = key, isStored = () => true } = table
    const ofTable = groups.get(table) ?? new Map<string, Map<string, object>>()
    groups.set(table, ofTable)
    const name = group.of(decision as never, new Map())
    const rows = ofTable.get(name) ?? watchRows(changed)
    ofTable.set(name, rows)
    changed.clear()
    foldDecision(table, rows, decision as never)
    for (const one of changed) {
      const row = rows.get(one)
      setRow(`${noun} ${one}`, row !== undefined && isStored(row) ? (row as Json) : null)
    }
  }
  return {
    take: ({ kind, at, subject, body, member, order, seen }) => {
      if (kind === 'reading.taken') {
        const { connectionUid, syncUid, began, digest, sha256: bytes } = body as Readonly<Record<string, string>>
        const before = readings.get(connectionUid ?? '')
        const isLast = before === undefined || before.began <= Number(began)
        if (isLast) readings.set(connectionUid ?? '', { began: Number(began), of: [syncUid, digest, bytes] as Json })
        return
      }
      const placed = { author: { member, name: '' }, at: order, seen }
      const decision = { kind, at, operator: member, client: isAgency ? null : log, subject, body, placed }
      for (const one of listDecisions(decision)) {
        for (const { table } of BY_KIND.get(one.kind) ?? []) fold(table, one)
      }
    },
    hash: (next, head) => {
      const last = [...readings].map(([connection, { of }]) => [connection, of] as const)
      const read = sha256(canonicalJson(last.toSorted(([a], [b]) => (a < b ? -1 : 1))))
      const rows = sum.toString(16).padStart(64, '0')
      return sha256(canonicalJson(['castellan state 1', FOLD_VERSION, log, next, head, rows, read]))
    },
  }
}

/** Rows that note the key of each that is changed. */
function watchRows(changed: Set<string>): Map<string, object> {
  const rows = new Map<string, object>()
  const [put, drop] = [rows.set.bind(rows), rows.delete.bind(rows)]
  return Object.assign(rows, {
    set: (key: string, row: object) => {
      if (rows.get(key) !== row) changed.add(key)
      put(key, row)
      return rows
    },
    delete: (key: string) => {
      changed.add(key)
      return drop(key)
    },
  })
}

/** The decisions that tables fold: of accounts one for each, and of reviews without the number that a batch has in a register. */
function listDecisions(decision: Decision): readonly Decision[] {
  const { kind } = decision
  const body = decision.body as Readonly<Record<string, unknown>>
  const dated = (connection: string, account: string, on: string | null): Decision => ({
    ...decision,
    kind: 'account.dated',
    body: { connection, account, on },
  })
  if (kind === 'access.reviewed') {
    const { connectionUid, externalId } = body['principalNamed'] as Readonly<Record<string, string>>
    return [dated(connectionUid ?? '', externalId ?? '', (body['on'] ?? null) as string | null)]
  }
  if (kind === 'access.reviews-imported') {
    const days = body['days'] as readonly (readonly [string, string | null])[]
    return days.map(([account, on]) => dated(String(body['connectionUid']), account, on))
  }
  return [kind === 'review.decided' ? { ...decision, body: { ...body, batch: 1 } } : decision]
}
