import type { Membership, StreamUse } from './membership.ts'
import type { Op } from './op.ts'

/** A position of another stream that an operation rests on. */
export interface RestsOn {
  readonly stream: string
  readonly position: number
}

/**
 * What an operation rests on in the other stream of its client: a decision on readings, and a reading on decisions. A device
 * carries it out when it holds this position, so that no table depends on which stream came first. Null where it rests on nothing.
 */
export function findRests({ clients }: Membership, use: StreamUse, op: Op): RestsOn | null {
  if (use.kind === 'decisions') {
    const facts = clients.get(use.scope)?.facts
    return facts === undefined || op.facts === undefined ? null : { stream: facts, position: op.facts }
  }
  return use.kind === 'facts' && op.decisions !== undefined ? { stream: use.scope, position: op.decisions } : null
}
