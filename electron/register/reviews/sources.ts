import type { ReviewSource } from '../../../shared/contract/reviews.ts'
import type { SyncOrigin } from '../../../shared/domain/connection.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { bearsOn } from '../../../shared/domain/reviews/sources.ts'
import { type Exclusion, sourceLabel, type SourceName } from '../../../shared/domain/source.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader, Writer } from '../db/handles.ts'

interface SourceColumns extends ConnectionRefColumns {
  readonly sync_id: number | null
  readonly read_at: number | null
  readonly origin: SyncOrigin | null
  readonly source: SourceName
  readonly project: string
  readonly state: ReviewSource['state']
  readonly expected: number | null
  readonly fetched: number
  readonly excluded: string
}

const LAST_API = `(SELECT max(x.id) FROM sync x WHERE x.connection_id = cn.id AND x.origin = 'api' AND x.state IN ('complete', 'partial'))`

/**
 * The lists that a review of a kind is made of, as they were read last: by the latest sync of each connection, and by the
 * files taken in since. A connection that was never read is one row that says so.
 */
export function sourcesNow(reader: Reader, clientId: number, kind: ReviewKind): ReviewSource[] {
  const rows = reader.all<SourceColumns>(
    `SELECT ${CONNECTION_REF}, y.id AS sync_id, y.finished_at AS read_at, y.origin, s.source, s.project, s.state, s.expected,
       s.fetched, s.excluded
     FROM connection cn
     JOIN sync y ON y.connection_id = cn.id AND y.state IN ('complete', 'partial') AND y.id >= ifnull(${LAST_API}, 0)
     JOIN sync_source s ON s.sync_id = y.id
     WHERE cn.client_id = ? AND cn.removed_at IS NULL ORDER BY cn.label COLLATE NOCASE, cn.id, y.id, s.source, s.project`,
    [clientId],
  )
  const last = new Map(rows.map((row) => [`${row.connection_id} ${row.source} ${row.project}`, row]))
  const read = [...last.values()].filter((row) => bearsOn(kind, row.source)).map(sourceOf)
  const known = new Set(rows.map((row) => row.connection_id))
  const connections = reader.all<ConnectionRefColumns>(
    `SELECT ${CONNECTION_REF} FROM connection cn WHERE cn.client_id = ? AND cn.removed_at IS NULL ORDER BY cn.label COLLATE NOCASE, cn.id`,
    [clientId],
  )
  const never = connections.filter((row) => !known.has(row.connection_id)).map(neverRead)
  return [...read, ...never]
}

function sourceOf(row: SourceColumns): ReviewSource {
  return {
    connection: connectionRefOf(row),
    syncId: row.sync_id,
    readAt: row.read_at,
    origin: row.origin,
    source: row.source,
    project: row.project === '' ? null : row.project,
    state: row.state,
    expected: row.expected,
    fetched: row.fetched,
    excluded: (JSON.parse(row.excluded) as readonly (Exclusion | string)[]).map((exclusion) =>
      typeof exclusion === 'string' ? exclusion : `${exclusion.count}: ${exclusion.reason}`,
    ),
  }
}

function neverRead(row: ConnectionRefColumns): ReviewSource {
  return {
    connection: connectionRefOf(row),
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

/** What was not read to its end, in words; what an organization does not have leaves nothing unread. */
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
  failed: 'it could not be read to its end',
  cancelled: 'reading it was cancelled',
}

/** Writes down where the facts of a review came from. */
export function keepSources(writer: Writer, reviewId: number, sources: readonly ReviewSource[]): void {
  const insert = writer.prepare(
    `INSERT INTO review_source (review_id, connection_id, source, project, label, provider, organization_id, sync_id, read_at,
       origin, state, expected, fetched, excluded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const s of sources) {
    const { id, label, provider, organizationId } = s.connection
    const { syncId, readAt, origin, state, expected, fetched } = s
    insert([reviewId, id, s.source, s.project ?? '', label, provider, organizationId, syncId, readAt, origin, state, expected, fetched, JSON.stringify(s.excluded)]) // prettier-ignore
  }
}

/** Where the facts of a review came from, as it was then. */
export function sourcesOf(reader: Reader, reviewId: number): ReviewSource[] {
  return reader
    .all<SourceColumns>(
      `SELECT s.connection_id, s.label AS connection_label, s.provider AS connection_provider,
         s.organization_id AS connection_organization, s.sync_id, s.read_at, s.origin, s.source, s.project, s.state,
         s.expected, s.fetched, s.excluded
       FROM review_source s WHERE s.review_id = ? ORDER BY s.label COLLATE NOCASE, s.connection_id, s.source, s.project`,
      [reviewId],
    )
    .map(sourceOf)
}
