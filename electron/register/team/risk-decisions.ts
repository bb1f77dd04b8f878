import type { Day } from '../../../shared/domain/day.ts'
import { findHeld, type RiskDecision } from '../../../shared/domain/findings/held-acceptance.ts'
import { addDecision } from '../../../shared/domain/placed.ts'
import type { Reader } from '../db/handles.ts'
import { toPlaced } from '../db/journal.ts'
import type { Acceptance, FindingName } from '../findings/acceptance.ts'
import { hasOtherOrder } from '../rows/refer.ts'
import { readRiskRows } from './order.ts'

interface Decision extends RiskDecision {
  /** By whom, and when by their clock. */
  readonly by: string
  readonly on: number
  /** Null where it ended an acceptance. */
  readonly acceptance: Acceptance | null
}

/** The decisions about the risk of a finding that no later one replaces, in order. */
export function listUnreplaced(reader: Reader, name: FindingName): readonly Decision[] {
  let left: readonly Decision[] = []
  for (const row of readRiskRows(reader, name)) {
    const { until, reason = '' } = JSON.parse(row.body) as { readonly until?: Day; readonly reason?: string }
    const { operator: by, at: on } = row
    const acceptance = until === undefined ? null : { until, reason, by, at: on }
    left = addDecision(left, { ...toPlaced(row), until: until ?? null, by, on, acceptance })
  }
  return left
}

/**
 * Where members of a team decided about the risk of a finding without having seen each other: the decision that holds, and the acceptances
 * that do not, since they are longer. Null where there are none.
 */
export function findUnseen(reader: Reader, name: FindingName) {
  if (!hasOtherOrder(reader)) return null
  const left = listUnreplaced(reader, name)
  const held = findHeld(left)
  const others = left.flatMap(({ acceptance }) =>
    acceptance === null || acceptance.until === held?.until ? [] : [acceptance],
  )
  if (held === null || others.length === 0) return null
  return { held: { until: held.until, by: held.by, at: held.on }, others }
}
