import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import type { Writer } from '../db/handles.ts'
import type { UsageOwner } from './cells.ts'
import { addToCells } from './cells.ts'
import { newDeltas } from './days.ts'

/** A connection whose facts are estimated, and the prices that are used. */
export interface EstimateTarget extends UsageOwner {
  readonly estimate: (fact: Omit<UsageFact, 'cost' | 'estimate'>) => number
}

interface Columns {
  readonly report: string
  readonly day: number
  readonly project: number
  readonly key: number
  readonly principal: number
  readonly model: number
  readonly word: string
  readonly item: string
  readonly requests: number
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
  readonly estimate: number
}

/**
 * Recalculates estimates of a provider's facts from a day on for the models that `isMeant` selects; facts and sums
 * change by the difference, to the micro-USD. Billed costs stay. Returns how many facts have a different estimate.
 */
export function estimateAnew(
  writer: Writer,
  { clientId, connectionId, estimate }: EstimateTarget,
  { from, isMeant }: { readonly from: number; readonly isMeant: (model: string) => boolean },
): number {
  const words = writer.all<{ readonly id: number; readonly word: string }>(
    `SELECT id, word FROM usage_name WHERE client_id = ? AND dimension = 'model' AND word <> ''`,
    [clientId],
  )
  const meant = words.filter(({ word }) => isMeant(word)).map(({ id }) => id)
  if (meant.length === 0) return 0
  const facts = writer.all<Columns>(
    `SELECT f.report, f.day, f.project, f.key, f.principal, f.model, n.word, f.item, f.requests, f.input, f.cached,
       f.cache_write AS cacheWrite, f.output, f.estimate
     FROM usage_fact f JOIN usage_name n ON n.id = f.model
     WHERE f.connection_id = :connection AND f.day >= :from AND f.report <> 'cost' AND f.model IN (SELECT value FROM json_each(:models))`,
    { connection: connectionId, from, models: JSON.stringify(meant) },
  )
  const put = writer.prepare(
    `UPDATE usage_fact SET estimate = ? WHERE connection_id = ? AND day = ? AND report = ? AND project = ? AND key = ?
       AND principal = ? AND model = ? AND item = ?`,
  )
  const deltas = newDeltas(writer, clientId)
  let changed = 0
  for (const { report, word, estimate: before, ...fact } of facts) {
    const now = estimate({ ...fact, project: null, key: null, principal: null, model: word })
    if (now === before) continue
    const { day, project, key, principal, model, item } = fact
    put([now, connectionId, day, report, project, key, principal, model, item])
    deltas.add({ day, project, key, principal, model, item, measures: [0, 0, 0, 0, 0, 0, now - before, 0] }, 1)
    changed += 1
  }
  addToCells(writer, { clientId, connectionId }, deltas.sums())
  return changed
}

/** Every connection of a client (or of all clients), including removed ones, whose history is kept and estimated. */
export function connectionsToEstimate(
  writer: Writer,
  clientId: number | null,
): readonly (UsageOwner & { readonly provider: string })[] {
  return writer.all(
    `SELECT client_id AS clientId, id AS connectionId, provider FROM connection WHERE :client IS NULL OR client_id = :client ORDER BY id`,
    { client: clientId },
  )
}
