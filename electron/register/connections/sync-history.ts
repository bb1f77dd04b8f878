import type { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import {
  exclusion,
  sourceSummary,
  type SourceSummary,
  syncSummary,
  type SyncSummary,
} from '../../../shared/contract/connections.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { SourceName, SourceState, UnfinishedPart } from '../../../shared/domain/source.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { idsParam } from '../db/scope.ts'

const syncRow = syncSummary.omit({ sources: true })
type SyncRow = z.infer<typeof syncRow>

const SYNC =
  's.id, s.origin, s.state, s.started_at AS startedAt, s.finished_at AS finishedAt, s.operator, s.reason, s.fault'

const sourceRow = sourceSummary.extend({ syncId: id, excluded: exclusion.array() })
type SourceRow = z.infer<typeof sourceRow>

/** The state of a per-project source is the worst state among its projects. */
const WORST: readonly SourceState[] = ['failed', 'cancelled', 'denied', 'unavailable', 'complete']

function toSummaries(reader: Reader, rows: readonly SyncRow[]): SyncSummary[] {
  const sources = readRows(
    reader,
    sourceRow,
    `SELECT sync_id AS syncId, source, state, expected, fetched, excluded, reason FROM sync_source
     WHERE sync_id IN (SELECT value FROM json_each(?)) ORDER BY sync_id, source, project`,
    [idsParam(rows.map((row) => row.id))],
  )
  const bySync = Map.groupBy(sources, (source) => source.syncId)
  return rows.map((row) => ({
    ...row,
    sources: [...Map.groupBy(bySync.get(row.id) ?? [], (source) => source.source)].map(([source, parts]) =>
      toSummary(source, parts),
    ),
  }))
}

function toSummary(source: SourceName, parts: readonly SourceRow[]): SourceSummary {
  const state = WORST.find((candidate) => parts.some((part) => part.state === candidate)) ?? 'complete'
  const excluded = Map.groupBy(
    parts.flatMap((part) => part.excluded),
    (exclusion) => exclusion.reason,
  )
  const behind = parts.filter((part) => part.state === state && part.reason !== null)
  const reason = behind[0]?.reason ?? null
  return {
    source,
    state,
    expected: parts.some((part) => part.expected !== null)
      ? parts.reduce((sum, part) => sum + (part.expected ?? part.fetched), 0)
      : null,
    fetched: parts.reduce((sum, part) => sum + part.fetched, 0),
    excluded: [...excluded].map(([text, rows]) => ({
      reason: text,
      count: rows.reduce((sum, row) => sum + row.count, 0),
    })),
    reason:
      reason !== null && behind.length > 1 ? `${reason} (and ${counted(behind.length - 1, 'more project')})` : reason,
  }
}

/** Existing sources that the connection's last live sync did not read completely. */
export function unfinishedParts(reader: Reader, connectionId: number): readonly UnfinishedPart[] {
  return reader.all<UnfinishedPart>(
    `SELECT source, nullif(project, '') AS project FROM sync_source WHERE state = 'failed' AND sync_id =
       (SELECT max(id) FROM sync WHERE connection_id = ? AND origin = 'api' AND state IN ('complete', 'partial'))`,
    [connectionId],
  )
}

/** The times of a connection's readings from its provider, in milliseconds. */
export interface ReadingTimes {
  readonly connectionId: number
  /** When the last complete or partial reading began; null: there is none. */
  readonly readAt: number | null
  /** The failures since then, and when the last of them ended. */
  readonly failures: number
  readonly failedAt: number | null
}

/** When each connection was read last, in one statement whatever their number. */
export function listReadingTimes(reader: Reader, connectionIds: readonly number[]): readonly ReadingTimes[] {
  const failed = `FROM sync f WHERE f.connection_id = c.value AND f.origin = 'api' AND f.state = 'failed' AND f.id > ifnull(r.id, 0)`
  return reader.all<ReadingTimes>(
    `SELECT c.value AS connectionId, r.started_at AS readAt, (SELECT count(*) ${failed}) AS failures,
       (SELECT max(f.finished_at) ${failed}) AS failedAt
     FROM json_each(?) c LEFT JOIN sync r ON r.id = (SELECT max(id) FROM sync
       WHERE connection_id = c.value AND origin = 'api' AND state IN ('complete', 'partial'))`,
    [idsParam(connectionIds)],
  )
}

/** The syncs of a connection, newest first. */
export function syncHistory(reader: Reader, connectionId: number, limit: number): SyncSummary[] {
  return toSummaries(
    reader,
    reader.all<SyncRow>(`SELECT ${SYNC} FROM sync s WHERE s.connection_id = ? ORDER BY s.id DESC LIMIT ?`, [
      connectionId,
      limit,
    ]),
  )
}

export function getSync(reader: Reader, syncId: number): SyncSummary | null {
  return toSummaries(reader, reader.all<SyncRow>(`SELECT ${SYNC} FROM sync s WHERE s.id = ?`, [syncId]))[0] ?? null
}

export interface LastSyncs {
  /** The last complete or partial sync. */
  readonly lastSync: SyncSummary | null
  readonly lastAttempt: SyncSummary | null
}

/** The last sync and the last attempt of each connection, in two statements whatever their number. */
export function lastSyncs(reader: Reader, connectionIds: readonly number[]): ReadonlyMap<number, LastSyncs> {
  const rows = reader
    .all<SyncRow & { readonly connectionId: number; readonly attempt: number }>(
      `SELECT ${SYNC}, s.connection_id AS connectionId, s.id = (SELECT max(id) FROM sync WHERE connection_id = s.connection_id) AS attempt FROM json_each(?) c
     JOIN sync s ON s.connection_id = c.value AND s.id IN (
       (SELECT max(id) FROM sync WHERE connection_id = c.value),
       (SELECT max(id) FROM sync WHERE connection_id = c.value AND state IN ('complete', 'partial')))`,
      [idsParam(connectionIds)],
    )
    .map(({ connectionId, attempt, ...sync }) => ({ connectionId, isAttempt: attempt === 1, sync }))
  const summaries = new Map(
    toSummaries(
      reader,
      rows.map(({ sync }) => sync),
    ).map((summary) => [summary.id, summary]),
  )
  return new Map(
    connectionIds.map((id) => {
      const own = rows.filter((row) => row.connectionId === id)
      const concluded = own.find(({ sync }) => sync.state === 'complete' || sync.state === 'partial')
      const attempt = own.find(({ isAttempt }) => isAttempt)
      return [
        id,
        {
          lastSync: concluded ? (summaries.get(concluded.sync.id) ?? null) : null,
          lastAttempt: attempt ? (summaries.get(attempt.sync.id) ?? null) : null,
        },
      ]
    }),
  )
}

/** True if this register has the sync of a name that is the same in every register. */
export function hasSync(reader: Reader, uid: string): boolean {
  return reader.value('SELECT 1 FROM sync WHERE uid = ?', [uid]) !== undefined
}
