import { createHash } from 'node:crypto'

import type { Reader } from '../db/handles.ts'

/** Hashes what a review froze, item by item in the order of their numbers. */
export function newPopulationHash(): {
  readonly add: (position: number, facts: string) => void
  readonly hex: () => string
} {
  const hash = createHash('sha256')
  return {
    add: (position, facts) => void hash.update(`${position} ${facts}\n`),
    hex: () => hash.digest('hex'),
  }
}

/** SHA-256, in hex, over what the register holds of the items that a review froze. */
export function populationHash(reader: Reader, reviewId: number): string {
  const hash = newPopulationHash()
  const rows = reader.iterate<{ readonly position: number; readonly facts: string }>(
    `SELECT i.position, f.facts FROM review_item i JOIN review_item_facts f ON f.item_id = i.id
     WHERE i.review_id = ? ORDER BY i.id`,
    [reviewId],
  )
  for (const { position, facts } of rows) hash.add(position, facts)
  return hash.hex()
}
