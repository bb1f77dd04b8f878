import { z } from 'zod'

import { connectionRef } from '../../../shared/contract/common.ts'
import { exclusion } from '../../../shared/contract/connections.ts'
import { type ReviewSource, reviewSource } from '../../../shared/contract/reviews.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { bearsOn } from '../../../shared/domain/reviews/sources.ts'
import { sourceLabel, type SourceName, SOURCES } from '../../../shared/domain/source.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'

/** Exclusions are stored as counts with a sync, and in words with a review. */
const columns = reviewSource.extend({ source: z.enum(SOURCES), excluded: z.union([z.string(), exclusion]).array() })

const neverRead = z.object({ connection: connectionRef })

const LAST_API = `(SELECT max(x.id) FROM sync x WHERE x.connection_id = cn.id AND x.origin = 'api' AND x.state IN ('complete', 'partial'))`

/**
 * The lists that a review of a kind is based on, as last read: by the latest sync of each connection, and by files
 * imported since. A connection that was never read is one row with that state.
 */
export function sourcesNow(reader: Reader, clientId: number, kind: ReviewKind): ReviewSource[] {
  const rows = readRows(
    reader,
    columns,
    `SELECT ${CONNECTION_REF}, y.id AS syncId, y.finished_at AS readAt, y.origin, s.source, nullif(s.project, '') AS project, s.state, s.expected,
       s.fetched, s.excluded
     FROM connection cn
     JOIN sync y ON y.connection_id = cn.id AND y.state IN ('complete', 'partial') AND y.id >= ifnull(${LAST_API}, 0)
     JOIN sync_source s ON s.sync_id = y.id
     WHERE cn.client_id = ? AND cn.removed_at IS NULL ORDER BY cn.label COLLATE NOCASE, cn.id, y.id, s.source, s.project`,
    [clientId],
  )
  const last = new Map(rows.map((row) => [`${row.connection.id} ${row.source} ${row.project ?? ''}`, row]))
  const read = [...last.values()].filter((row) => bearsOn(kind, row.source)).map(getSource)
  const known = new Set(rows.map((row) => row.connection.id))
  const connections = readRows(
    reader,
    neverRead,
    `SELECT ${CONNECTION_REF} FROM connection cn WHERE cn.client_id = ? AND cn.removed_at IS NULL ORDER BY cn.label COLLATE NOCASE, cn.id`,
    [clientId],
  )
  const never = connections.filter((row) => !known.has(row.connection.id)).map(neverReadSource)
  return [...read, ...never]
}

function getSource(row: z.infer<typeof columns>): ReviewSource {
  return {
    ...row,
    excluded: row.excluded.map((exclusion) =>
      typeof exclusion === 'string' ? exclusion : `${exclusion.count}: ${exclusion.reason}`,
    ),
  }
}

function neverReadSource({ connection }: z.infer<typeof neverRead>): ReviewSource {
  return {
    connection,
    syncId: null,
    readAt: null,
    origin: null,
    source: 'organization',
    project: null,
    state: 'never-read',
    expected: null,
    fetched: 0,
    excluded: [],
  }
}

/** Lists that were not read completely, in words; lists that an organization does not have are not counted. */
export function incompleteSources(sources: readonly ReviewSource[]): string[] {
  return sources.flatMap((source) => {
    const { label } = source.connection
    if (source.state === 'never-read') return [`${label} was never read.`]
    if (source.state === 'complete' || source.state === 'unavailable') return []
    const of = source.project === null ? '' : ` of the project ${source.project}`
    return [`${sourceLabel(source.source as SourceName)}${of} in ${label}: ${STATES[source.state]}.`]
  })
}

const STATES: Readonly<Record<'denied' | 'failed' | 'cancelled', string>> = {
  denied: 'the credential may not read it',
  failed: 'it could not be read completely',
  cancelled: 'reading it was cancelled',
}

/** Where the facts of a review came from, as stored at its opening. */
export function listSources(reader: Reader, reviewId: number): ReviewSource[] {
  return readRows(
    reader,
    columns,
    `SELECT s.connection_id AS "connection.id", s.label AS "connection.label", s.provider AS "connection.provider",
       s.organization_id AS "connection.organizationId", s.sync_id AS syncId, s.read_at AS readAt, s.origin, s.source,
       nullif(s.project, '') AS project, s.state, s.expected, s.fetched, s.excluded
     FROM review_source s WHERE s.review_id = ? ORDER BY s.label COLLATE NOCASE, s.connection_id, s.source, s.project`,
    [reviewId],
  ).map(getSource)
}
