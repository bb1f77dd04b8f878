import type { SourceName } from '../../../shared/domain/source.ts'
import type { SourceReading } from '../../../shared/report/register-reading.ts'
import { getSync } from '../connections/sync-history.ts'
import type { Reader } from '../db/handles.ts'

/** A condition on `sync`: it may have concluded something. */
export const CONCLUDED = "state IN ('complete', 'partial')"

/**
 * The newest reading of each source as of a sync (left out: now): those of the last live sync, and of each file that
 * was imported after it.
 */
export function readSources(
  reader: Reader,
  connectionId: number,
  asOf: number = Number.MAX_SAFE_INTEGER,
): SourceReading[] {
  const live = reader.value<number | null>(
    `SELECT max(id) FROM sync WHERE connection_id = ? AND origin = 'api' AND ${CONCLUDED} AND id <= ?`,
    [connectionId, asOf],
  )
  const files = reader.column<number>(
    `SELECT DISTINCT max(s.id) FROM sync s JOIN sync_source x ON x.sync_id = s.id
     WHERE s.connection_id = ? AND s.origin = 'file' AND s.${CONCLUDED} AND s.id > ? AND s.id <= ? GROUP BY x.source`,
    [connectionId, live ?? 0, asOf],
  )
  return [...(live === undefined || live === null ? [] : [live]), ...files.sort((a, b) => a - b)].flatMap((id) => {
    const sync = getSync(reader, id)
    return (sync?.sources ?? []).map((source) => ({
      ...source,
      snapshotId: id,
      readAt: sync?.finishedAt ?? 0,
      complete:
        source.state === 'complete'
          ? { id, readAt: sync?.finishedAt ?? 0 }
          : lastComplete(reader, connectionId, source.source, id),
    }))
  })
}

/** The last sync before another that read a source to its end, in every project. */
export function lastComplete(
  reader: Reader,
  connectionId: number,
  source: SourceName,
  before: number,
): SourceReading['complete'] {
  return (
    reader.get<{ id: number; readAt: number }>(
      `SELECT s.id, s.finished_at AS readAt FROM sync s WHERE s.connection_id = :connection AND s.id < :before AND s.${CONCLUDED}
         AND EXISTS (SELECT 1 FROM sync_source x WHERE x.sync_id = s.id AND x.source = :source)
         AND NOT EXISTS (SELECT 1 FROM sync_source x WHERE x.sync_id = s.id AND x.source = :source AND x.state <> 'complete')
       ORDER BY s.id DESC LIMIT 1`,
      { connection: connectionId, before, source },
    ) ?? null
  )
}
