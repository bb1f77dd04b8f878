import { counted } from '../../../shared/domain/counted.ts'
import type { Reader } from '../db/handles.ts'
import type { RawChange } from './raw-change.ts'
import type { Span } from './span.ts'

/** The findings of a first sync, by kind. */
const FOUND = `SELECT
  (SELECT count(*) FROM key_version WHERE from_sync = :sync) AS keys,
  (SELECT count(*) FROM principal_version v JOIN principal p ON p.id = v.principal_id AND p.kind = 'user'
    WHERE v.from_sync = :sync) AS people,
  (SELECT count(*) FROM project_version WHERE from_sync = :sync) AS projects`

interface FactCounts {
  readonly keys: number
  readonly people: number
  readonly projects: number
}

interface FirstReadings {
  /** The spans, with those that began before the first sync of their connection beginning with it. */
  readonly spans: readonly Span[]
  readonly readings: readonly RawChange[]
}

/** Takes what the first sync of a connection found out of its span, and reports it as one change. */
export function foldFirstReadings(reader: Reader, spans: readonly Span[]): FirstReadings {
  const folded = spans.map((span) => {
    const { connection, from, to } = span
    const first = from === null && to !== null ? firstSync(reader, connection.id) : undefined
    return first === undefined ? { span } : { span: { ...span, from: first }, reading: toReading(reader, span, first) }
  })
  return {
    spans: folded.map(({ span }) => span),
    readings: folded.flatMap(({ reading }) => (reading === undefined ? [] : [reading])),
  }
}

function firstSync(reader: Reader, connectionId: number): number | undefined {
  return reader.value<number>(
    `SELECT id FROM sync WHERE connection_id = ? AND state IN ('complete', 'partial') ORDER BY id LIMIT 1`,
    [connectionId],
  )
}

function toReading(reader: Reader, { connection }: Span, sync: number): RawChange {
  const { keys, people, projects } = reader.get<FactCounts>(FOUND, { sync }) ?? { keys: 0, people: 0, projects: 0 }
  return {
    kind: 'first-reading',
    connectionId: connection.id,
    syncId: sync,
    subject: { kind: 'connection', id: connection.id, name: connection.label },
    projectId: null,
    before: null,
    after: [counted(keys, 'key'), counted(people, 'person', 'people'), counted(projects, 'project')].join(', '),
    levelBefore: null,
    levelAfter: null,
  }
}
