import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Writer } from '../db/handles.ts'

/**
 * Sets the last use of keys to the last day with reported usage, where that is later than the known one: Anthropic does
 * not report a key's last use. A day counts from its beginning, UTC. Nothing is inferred for keys without usage, since
 * reports cover a limited past. Returns how many keys changed.
 */
export function inferLastUse(writer: Writer, connectionId: number): number {
  const { changes } = writer.run(
    `UPDATE key SET last_use_state = 'known', last_used_at = u.at, last_use_inexact = 0 FROM (
       SELECT n.ref AS id, max(f.day) * ${DAY_MS} AS at FROM usage_fact f JOIN usage_name n ON n.id = f.key AND n.ref IS NOT NULL
       WHERE f.connection_id = :connection AND (f.requests > 0 OR f.input > 0 OR f.output > 0) GROUP BY n.ref) u
     WHERE key.id = u.id AND key.connection_id = :connection AND (key.last_used_at IS NULL OR key.last_used_at < u.at)`,
    { connection: connectionId },
  )
  if (changes > 0) writer.run('UPDATE finding_evaluation SET stale = 1 WHERE connection_id = ?', [connectionId])
  return changes
}
