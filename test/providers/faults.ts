import type { FakeAnswer } from './http.ts'
import { computeChance } from './random.ts'

/**
 * What goes wrong instead of the right answer. `cut` breaks the connection in the middle of the body, `drop` before the
 * answer, `hang` never answers, `malformed` cuts the JSON short, `html` answers like a proxy's login page, `flood` sends 1 GB,
 * `bomb` 1 GB compressed.
 */
export type Fault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: unknown
    }
  | { readonly kind: 'cut' | 'drop' | 'hang' | 'malformed' | 'html' | 'empty' | 'flood' | 'bomb' }
  | {
      readonly kind: 'edit'
      readonly edit: (body: unknown) => unknown
      /** Give every page from the first row on, whatever cursor it was asked with. */
      readonly rewind?: boolean
    }

export interface FaultRule {
  /** Matched on the path with its query, as the server sees it. */
  readonly path: RegExp
  /** Only requests of this method; any unless given. */
  readonly method?: string
  /** Matching requests to let pass first. */
  readonly skip?: number
  /** Matching requests to spoil after those; all of them unless given. */
  readonly times?: number
  readonly fault: Fault
}

export interface Faults {
  readonly rules?: readonly FaultRule[]
  /** Share of requests answered 429, from 0 to 1. */
  readonly tooManyRate?: number
  /** `Retry-After` of those, in seconds; 0 unless given. */
  readonly retryAfterSeconds?: number
  /** Share of requests answered 500, from 0 to 1. */
  readonly errorRate?: number
  readonly seed?: number
}

/** How a provider words an error of its own. */
export type ErrorBody = (status: number, message: string) => unknown

/** Decides about each request. A request of a seed is spoiled or not whatever else arrives; its repetition may differ. */
export function faultChooser(faults: Faults, errorBody: ErrorBody): (path: string, method: string) => Fault | null {
  const matches = (faults.rules ?? []).map(() => 0)
  const sent = new Map<string, number>()
  const { tooManyRate = 0, errorRate = 0, seed = 1 } = faults
  return (path, method) => {
    for (const [index, rule] of (faults.rules ?? []).entries()) {
      if (!rule.path.test(path) || (rule.method ?? method) !== method) continue
      const before = matches[index] ?? 0
      matches[index] = before + 1
      const from = rule.skip ?? 0
      if (before >= from && before < from + (rule.times ?? Number.POSITIVE_INFINITY)) return rule.fault
    }
    if (tooManyRate + errorRate === 0) return null
    const time = (sent.get(path) ?? 0) + 1
    sent.set(path, time)
    const chance = computeChance(`${seed} ${time} ${path}`)
    if (chance < tooManyRate) {
      const headers = { 'retry-after': String(faults.retryAfterSeconds ?? 0) }
      return { kind: 'status', status: 429, headers, body: errorBody(429, 'Rate limit reached.') }
    }
    if (chance < tooManyRate + errorRate) {
      return { kind: 'status', status: 500, body: errorBody(500, 'The server had an error.') }
    }
    return null
  }
}

/** The answer that a fault makes of the right one; null for faults that never answer. */
export function spoil(fault: Fault, right: FakeAnswer): FakeAnswer {
  if (fault.kind === 'status') return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? {} }
  if (fault.kind === 'edit') return { ...right, body: fault.edit(right.body) }
  return { ...right, spoiled: fault.kind }
}

/** The first page again and again, each time with the same cursor to go on from. */
export const REPEATING_CURSOR: Fault = endless(() => 'same')

/** The first page again and again, each time with a cursor never seen before. */
export function endlessPages(): Fault {
  let page = 0
  return endless(() => `cursor-${page++}`)
}

/**
 * Page after page of as many rows with ids never seen before, made of the first row of the right list. Each page begins
 * with the last row of the one before, as lists by offset are read.
 */
export function endlessRows(rowsOfPage: number): Fault {
  let id = 0
  return {
    kind: 'edit',
    rewind: true,
    edit: (body) => {
      const { data: right } = body as { readonly data?: readonly object[] }
      if (!Array.isArray(right)) return body
      const first: object = right[0] ?? {}
      const data = Array.from({ length: rowsOfPage }, (_, n) => ({ ...first, id: `id-${id + n}` }))
      id += rowsOfPage - 1
      const next = `id-${id}`
      return { ...(body as object), data, has_more: true, last_id: next, next, next_page: next, total_count: null }
    },
  }
}

function endless(cursor: () => string): Fault {
  return {
    kind: 'edit',
    rewind: true,
    edit: (body) => {
      const next = cursor()
      return { ...(body as object), has_more: true, last_id: next, next, next_page: next }
    },
  }
}
