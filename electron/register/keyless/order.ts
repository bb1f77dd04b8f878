import { type KeylessFilter, KEYLESS_STATES } from '../../../shared/nouns/keyless.ts'
import { CERTAINTIES } from '../../../shared/domain/certainty.ts'
import { PLATFORMS } from '../../../shared/domain/keyless/platforms.ts'
import { toList } from '../db/scope.ts'
import type { Plan } from './plan.ts'

export interface Sort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

/** By what a ranked plan is filtered, without its texts. */
type RankedFilter = Pick<KeylessFilter, 'connection' | 'state' | 'certainty' | 'platform'>

/**
 * A plan with numbers in place of its texts: 24 bytes for a key, in memory that threads share. Of names and last days these
 * are the places among all different ones, of words those in their lists; 255 where no platform is known.
 */
export interface RankedPlan {
  readonly ids: Float64Array
  readonly connections: Uint32Array
  readonly names: Uint32Array
  readonly lastDays: Uint32Array
  readonly states: Uint8Array
  readonly certainties: Uint8Array
  readonly platforms: Uint8Array
}

const NAMES = new Intl.Collator('en')
const NONE = 255

export function rankPlan(plan: Plan): RankedPlan {
  const size = plan.ids.length
  const words = (list: readonly unknown[], values: readonly unknown[]): Uint8Array => {
    const bytes = new Uint8Array(new SharedArrayBuffer(size))
    for (let n = 0; n < size; n += 1) bytes[n] = values[n] === null ? NONE : list.indexOf(values[n])
    return bytes
  }
  const ids = new Float64Array(new SharedArrayBuffer(size * 8))
  ids.set(plan.ids)
  const connections = makeNumbers(size)
  connections.set(plan.connections)
  return {
    ids,
    connections,
    names: rank(plan.names, NAMES.compare),
    lastDays: rank(plan.lastDays, (a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    states: words(KEYLESS_STATES, plan.states),
    certainties: words(CERTAINTIES, plan.certainties),
    platforms: words(PLATFORMS, plan.platforms),
  }
}

/**
 * The ids of the planned keys that match a filter, in the order of a list: ties by the last day, then by name, then by id.
 * `getClient` returns the name of the client of a connection.
 *
 * The keys are put in place by number: a million of them have few last days and clients, and each different text was
 * compared once.
 */
export function orderPlan(
  plan: RankedPlan,
  { sort: { by, direction }, ...filter }: RankedFilter & { readonly sort: Sort },
  getClient: (connection: number) => string,
): number[] {
  const isDescending = direction === 'desc'
  const ids = (order: Uint32Array): number[] => Array.from(order, (n) => plan.ids[n] ?? 0)
  const byName = place(filterPlan(plan, filter), plan.names)
  if (by === 'name') return ids(isDescending ? byName.toReversed() : byName)
  const byDay = place(byName, plan.lastDays, by === 'last-day' && isDescending)
  if (by === 'certainty') return ids(place(byDay, plan.certainties, isDescending))
  if (by === 'client') return ids(place(byDay, rankClients(plan, getClient), isDescending))
  return ids(byDay)
}

/** The places in the plan of the keys that match. */
function filterPlan(plan: RankedPlan, { connection, state, certainty, platform }: RankedFilter): Uint32Array {
  const toWished = (list: readonly string[], values: string | readonly string[] | undefined): Uint8Array | null => {
    if (values === undefined) return null
    const wished = new Uint8Array(NONE + 1)
    for (const value of toList(values)) wished[list.indexOf(value)] = 1
    return wished
  }
  const conditions = [
    [plan.states, toWished(KEYLESS_STATES, state)],
    [plan.certainties, toWished(CERTAINTIES, certainty)],
    [plan.platforms, toWished(PLATFORMS, platform)],
  ] as const
  const asked = conditions.flatMap(([values, wished]) => (wished === null ? [] : [{ values, wished }]))
  const found = new Uint32Array(plan.ids.length)
  let count = 0
  for (let n = 0; n < plan.ids.length; n += 1) {
    if (connection !== undefined && plan.connections[n] !== connection) continue
    if (!asked.every(({ values, wished }) => wished[values[n] ?? NONE] === 1)) continue
    found[count] = n
    count += 1
  }
  return found.subarray(0, count)
}

function rankClients({ connections }: RankedPlan, getClient: (connection: number) => string): Uint32Array {
  const different = [...new Set(connections)]
  const ranks = rank(different.map(getClient), NAMES.compare)
  const byConnection = new Map(different.map((connection, n) => [connection, ranks[n] ?? 0]))
  return connections.map((connection) => byConnection.get(connection) ?? 0)
}

function makeNumbers(size: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(size * 4))
}

/** The place of each text among all different ones, from 0. */
function rank(texts: readonly string[], compare: (a: string, b: string) => number): Uint32Array {
  const ranks = new Map<string, number>()
  let last = 0
  let before: string | null = null
  for (const text of [...new Set(texts)].toSorted(compare)) {
    if (before !== null && compare(before, text) !== 0) last += 1
    ranks.set(text, last)
    before = text
  }
  const places = makeNumbers(texts.length)
  for (let n = 0; n < texts.length; n += 1) places[n] = ranks.get(texts[n] ?? '') ?? 0
  return places
}

/** An order by rank, where those of one rank stay in the order before (a counting sort). */
function place(order: Uint32Array, ranks: Uint32Array | Uint8Array, isDescending = false): Uint32Array {
  let most = 0
  for (const n of order) most = Math.max(most, ranks[n] ?? 0)
  const toRank = (n: number): number => (isDescending ? most - (ranks[n] ?? 0) : (ranks[n] ?? 0))
  // The next place for each rank; first how many have it.
  const next = new Uint32Array(most + 2)
  for (const n of order) next[toRank(n) + 1] = (next[toRank(n) + 1] ?? 0) + 1
  for (let r = 1; r < next.length; r += 1) next[r] = (next[r] ?? 0) + (next[r - 1] ?? 0)
  const placed = new Uint32Array(order.length)
  for (const n of order) {
    const at = next[toRank(n)] ?? 0
    placed[at] = n
    next[toRank(n)] = at + 1
  }
  return placed
}
