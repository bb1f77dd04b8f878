import { findGeneration, newest } from '../../shared/team/membership.ts'
import type { TeamBody } from '../../shared/team/operations.ts'
import { toHex } from './hex.ts'
import type { Replica } from './replica.ts'

/**
 * New generations of the keys that are due since a reader was removed, as bodies of `key.rotated`. The new keys are in this
 * device's ring afterwards; `administer` wraps them for those who stay, once the operations are placed. A key of which this
 * device lacks a generation is left to another owner.
 */
export function rotateKeys(replica: Replica): readonly TeamBody<'key.rotated'>[] {
  const { crypto, keys } = replica
  const known = replica.membership()
  if (known === null) return []
  return [...known.keys].flatMap(([scope, { due, generations }]) => {
    if (due === null) return []
    const ring = generations.flatMap(
      ({ value }) => keys.find(crypto, { scope, generation: value.generation }, value.commitment) ?? [],
    )
    if (ring.length < generations.length) return []
    const generation = (findGeneration(known, scope, newest(known))?.generation ?? 0) + 1
    const key = crypto.createKey()
    keys.add(scope, [...ring, key])
    return { v: 1, scope, generation, commitment: toHex(crypto.commitKey({ scope, generation }, key)) }
  })
}
