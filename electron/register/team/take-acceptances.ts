import type { Day } from '../../../shared/domain/day.ts'
import { findHeld, type RiskDecision } from '../../../shared/domain/findings/held-acceptance.ts'
import { addDecision } from '../../../shared/domain/placed.ts'
import type { Operation } from '../../../shared/operations/operations.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { toPlaced } from '../db/journal.ts'
import { type Acceptance, type FindingName, setAcceptance } from '../findings/acceptance.ts'
import { readRiskRows } from './order.ts'

interface Decision extends RiskDecision {
  readonly acceptance: Acceptance | null
}

/** The decisions about the risk of a finding that no later one replaces, in order. */
function listUnreplaced(reader: Reader, name: FindingName): readonly Decision[] {
  let left: readonly Decision[] = []
  for (const row of readRiskRows(reader, name)) {
    const { until, reason } = JSON.parse(row.body) as { readonly until?: Day; readonly reason?: string }
    const acceptance = until === undefined ? null : { until, reason: reason ?? '', by: row.operator, at: row.at }
    left = addDecision(left, { ...toPlaced(row), until: until ?? null, acceptance })
  }
  return left
}

/**
 * After decisions of others were carried out, in the order of their positions: makes an acceptance the one that holds where the author of
 * one of them had not seen another. Otherwise the last one holds, which was carried out last.
 */
export function settleAcceptances(writer: Writer, operations: readonly Operation[]): void {
  const names = new Map(
    operations.flatMap(({ kind, body }) => {
      if (kind !== 'finding.accepted' && kind !== 'finding.reopened') return []
      const name = { ...body.findingNamed, firstSeenAt: body.firstSeenAt }
      return [[JSON.stringify(name), name] as const]
    }),
  )
  for (const name of names.values()) {
    const left = listUnreplaced(writer, name)
    if (left.length > 1) setAcceptance(writer, name, findHeld(left)?.acceptance ?? null)
  }
}
