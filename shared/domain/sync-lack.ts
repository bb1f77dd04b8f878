import type { ConnectionFault } from './connection-fault.ts'
import { counted } from './counted.ts'
import { isMissed, sourceLabel, type SourceName } from './source.ts'

interface Lacking {
  readonly source: SourceName
  readonly state: string
  readonly reason: string | null
}

/** A sync as far as its failure shows in it. */
interface SyncEnd {
  readonly state: string
  readonly reason: string | null
  readonly fault: ConnectionFault | null
  readonly sources: readonly Lacking[]
}

export interface SyncLack {
  readonly fault: ConnectionFault
  /** In one or two sentences: what could not be read, why, and what to do. */
  readonly text: string
}

/** Why a sync is not complete; null for a complete or cancelled one. */
export function findLack(sync: SyncEnd): SyncLack | null {
  if (sync.state !== 'failed' && sync.state !== 'partial') return null
  const lacking = listLacking(sync.sources)
  const fault = sync.fault ?? (lacking.some(({ state }) => state === 'denied') ? 'permission' : 'other')
  const text = sync.reason ?? sharedReason(lacking) ?? 'Nothing could be read.'
  return { fault, text }
}

/** The sources that exist and were not read to their end, as far as they are missed. */
export function listLacking<Source extends Lacking>(sources: readonly Source[]): readonly Source[] {
  return sources.filter((one) => (one.state === 'denied' || one.state === 'failed') && isMissed(one))
}

/**
 * One reason for sources that could not be read: the one that they share, or one sentence about those that the
 * credential may not read, else the first with the number of others. Null for none.
 *
 * @example sharedReason([{ source: 'users', state: 'denied', … }, { source: 'keys', state: 'denied', … }])
 * // 'The credential may not read users and keys. Use a credential that may.'
 */
export function sharedReason(lacking: readonly Lacking[]): string | null {
  const names = [...new Set(lacking.map(({ source }) => sourceLabel(source).toLowerCase()))]
  const reasons = [...new Set(lacking.flatMap(({ reason }) => reason ?? []))]
  const [first] = reasons
  if (first === undefined) return names.length === 0 ? null : `Not read: ${listNames(names)}.`
  if (reasons.length === 1 || names.length === 1) return first
  if (lacking.every(({ state }) => state === 'denied')) {
    return `The credential may not read ${listNames(names)}. Use a credential that may.`
  }
  return `${first} ${counted(names.length - 1, 'other list was', 'other lists were')} not read either.`
}

const MOST_NAMED = 4

function listNames(names: readonly string[]): string {
  const left = names.length - MOST_NAMED
  if (left > 1) return `${names.slice(0, MOST_NAMED).join(', ')} and ${left} other lists`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
