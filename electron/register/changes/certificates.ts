import { getDay } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import type { AtEnds } from './ends.ts'
import { differences, getChange, type RawChange, text, type ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

interface CertificateEnds
  extends ChangeColumns, AtEnds<'active' | 'expires' | 'valid', number>, AtEnds<'name', string> {
  readonly name: string
  readonly project_id: number | null
}

const COLUMNS = ['name', 'active'] as const

const joined = (row: string, at: 's1' | 's2'): string =>
  `LEFT JOIN certificate_version ${row} ON ${row}.connection_id = t.connection_id AND ${row}.external_id = t.external_id
    AND ${row}.project_id IS t.project_id AND ${STOOD(row, at)}`

/** `f` is the version that the other columns are read from: the one at the end, else the one before. */
const CERTIFICATE_CHANGES = `WITH ${SPANS}, ${touchedBy('certificate_version', ['external_id', 'project_id'])}
  SELECT t.connection_id, t.sync_id, f.id, ifnull(nullif(f.name, ''), f.external_id) AS name, f.project_id,
    ${COLUMNS.flatMap((column) => [`b.${column} AS before_${column}`, `a.${column} AS after_${column}`]).join(', ')},
    b.expires_at AS before_expires, a.expires_at AS after_expires, b.valid_at AS before_valid, a.valid_at AS after_valid
  FROM touched t ${joined('b', 's1')} ${joined('a', 's2')}
  JOIN certificate_version f ON f.id = ifnull(a.id, b.id)`

/** Certificates that were there at both ends of a span, active at the second, and expired in between, with the first sync that ended after that. */
const EXPIRED = `WITH ${SPANS}
  SELECT t.connection_id, (SELECT min(y.id) FROM sync y WHERE y.connection_id = t.connection_id AND y.id > t.s1
      AND y.state IN ('complete', 'partial') AND y.finished_at >= f.expires_at) AS sync_id,
    f.id, ifnull(nullif(f.name, ''), f.external_id) AS name, f.project_id, f.expires_at AS expires
  FROM span t JOIN sync s1 ON s1.id = t.s1 JOIN sync s2 ON s2.id = t.s2
  JOIN certificate_version f ON f.connection_id = t.connection_id AND ${STOOD('f', 's2')}
  WHERE f.active = 1 AND f.expires_at > s1.finished_at AND f.expires_at <= s2.finished_at
    AND EXISTS (SELECT 1 FROM certificate_version b WHERE b.connection_id = t.connection_id AND b.external_id = f.external_id
      AND b.project_id IS f.project_id AND ${STOOD('b', 's1')})`

/** Certificates added, changed, removed or expired, by their ids at the provider and the place where they are. */
export function certificateChanges(reader: Reader, spans: string): RawChange[] {
  const changed = reader.all<CertificateEnds>(CERTIFICATE_CHANGES, { spans }).flatMap((row) => {
    const change = certificateChange(row)
    return change === null ? [] : { ...change, subject: { ...change.subject, name: row.name } }
  })
  const expired = reader
    .all<ChangeColumns & { readonly name: string; readonly project_id: number | null; readonly expires: number }>(
      EXPIRED,
      {
        spans,
      },
    )
    .map((row) => {
      const words = { after: `expired on ${getDay(row.expires)}`, projectId: row.project_id }
      const change = getChange(row, 'certificate-expired', 'certificate', words)
      return { ...change, subject: { ...change.subject, name: row.name } }
    })
  return [...changed, ...expired]
}

function certificateChange(row: CertificateEnds): RawChange | null {
  const { project_id: projectId } = row
  const [before, after] = [stateAt(row, 'before'), stateAt(row, 'after')]
  if (before === null) {
    return after === null ? null : getChange(row, 'certificate-added', 'certificate', { after, projectId })
  }
  if (after === null) return getChange(row, 'certificate-removed', 'certificate', { before, projectId })
  const words = differences([
    text(row.before_name, row.after_name),
    [row.before_active !== row.after_active, activeWord(row.before_active), activeWord(row.after_active)],
    [row.before_expires !== row.after_expires, endWord(row.before_expires), endWord(row.after_expires)],
    [row.before_valid !== row.after_valid, startWord(row.before_valid), startWord(row.after_valid)],
  ])
  return words === null ? null : getChange(row, 'certificate-changed', 'certificate', { ...words, projectId })
}

/** The state of a certificate at an end of the span, and when it expires; null where it was not there. */
function stateAt(row: CertificateEnds, end: 'before' | 'after'): string | null {
  const active = row[`${end}_active`]
  return active === null ? null : `${activeWord(active)}, ${endWord(row[`${end}_expires`])}`
}

function activeWord(active: number | null): string {
  return active === 1 ? 'active' : 'inactive'
}

function endWord(at: number | null): string {
  return at === null ? 'end not reported' : `expires on ${getDay(at)}`
}

function startWord(at: number | null): string {
  return at === null ? 'start not reported' : `valid from ${getDay(at)}`
}
