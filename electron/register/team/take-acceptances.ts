import { findHeld } from '../../../shared/domain/findings/held-acceptance.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'
import { setAcceptance } from '../findings/acceptance.ts'
import { listUnreplaced } from './risk-decisions.ts'

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
