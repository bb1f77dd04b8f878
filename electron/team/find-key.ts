import type { Entry } from '../../shared/team/entry.ts'
import { findStream, type Membership } from '../../shared/team/membership.ts'
import type { Op } from '../../shared/team/op.ts'
import { openOperation, type Reading } from './read-entry.ts'

type Known = Pick<Reading, 'crypto' | 'keys'> & { readonly membership: Membership | null }

/** The key of a generation of a stream's scope; null where the history has no such generation, or this device no key that fits. */
export function findKey({ crypto, keys, membership }: Known, stream: string, generation: number): Uint8Array | null {
  const scope = membership === null ? undefined : findStream(membership, stream)?.scope
  const made = scope === undefined ? undefined : membership?.keys.get(scope)?.generations
  const found = made?.find(({ value }) => value.generation === generation)?.value
  if (scope === undefined || found === undefined) return null
  return keys.find(crypto, { scope, generation }, found.commitment)
}

/** What this device sealed, with the names of its blobs: an entry may be void by what is read before it is opened. */
export function openOwn(known: Known & Pick<Reading, 'version'>, entry: Entry): Op | undefined {
  const key = findKey(known, entry.stream, entry.generation)
  const opened = key === null ? null : openOperation(known, key, entry)
  return typeof opened === 'string' || opened === null ? undefined : opened
}
