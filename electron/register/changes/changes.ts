import { CHANGE_KINDS, type Change } from '../../../shared/contract/changes.ts'
import type { ConnectionRef } from '../../../shared/contract/common.ts'
import type { StoredConnection } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam, type Scope } from '../db/scope.ts'
import { accessChanges } from './access.ts'
import { certificateChanges } from './certificates.ts'
import { detailChanges } from './details.ts'
import { federationChanges } from './federation.ts'
import { foldFirstReadings } from './first-reading.ts'
import { keyChanges } from './keys.ts'
import { lastNames, type NamedAt } from './last-names.ts'
import { limitChanges } from './limits.ts'
import { membershipChanges, personChanges } from './people.ts'
import { findMakers } from './made-by.ts'
import { projectChanges } from './projects.ts'
import { type RawChange, getChange } from './raw-change.ts'
import { findEnds, listEnds, type Moment, type Span, type SpanEnds, listSpans, spansParam } from './span.ts'
import { type AtEnds, endsOfSubjects, type Ends } from './ends.ts'

type NameEnds = Ends & AtEnds<'name' | 'email', string>

const NAMED = `SELECT e.* FROM (${endsOfSubjects('principal_version', 'principal_id', ['name', 'email'])}) e
  JOIN principal p ON p.id = e.id
  WHERE p.kind = 'user' AND (e.before_name <> e.after_name OR e.before_email <> e.after_email)`

/** Users whose name or address was replaced; a first known value is not a change. */
function nameChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<NameEnds>(NAMED, { spans }).flatMap((row) => {
    const replaced = (kind: 'person-renamed' | 'address-changed', before: string | null, after: string | null) =>
      before === null || after === null || before === after
        ? []
        : [getChange(row, kind, 'principal', { before, after })]
    return [
      ...replaced('person-renamed', row.before_name, row.after_name),
      ...replaced('address-changed', row.before_email, row.after_email),
    ]
  })
}

export interface ChangesBetween {
  readonly spans: readonly Span[]
  /** Newest first, then by client, connection, kind and subject. */
  readonly changes: readonly RawChange[]
}

/** All net changes in spans, in a handful of statements whatever their number. In no order. */
export function changesIn(reader: Reader, spans: readonly SpanEnds[]): RawChange[] {
  const param = spansParam(spans)
  return [
    accessChanges,
    membershipChanges,
    personChanges,
    nameChanges,
    keyChanges,
    projectChanges,
    limitChanges,
    federationChanges,
    certificateChanges,
    detailChanges,
  ].flatMap((read) => read(reader, param))
}

const RANK = new Map(CHANGE_KINDS.map((kind, rank) => [kind, rank]))

/**
 * All net changes between two moments. `until` null means now. With `fold`, what the first sync of a connection found
 * is one change.
 */
export function changesBetween(
  reader: Reader,
  scope: Scope,
  since: Moment,
  until: Moment | null,
  fold = false,
): ChangesBetween {
  const spans = listSpans(reader, scope, since, until)
  const { spans: compared, readings } = fold ? foldFirstReadings(reader, spans) : { spans, readings: [] }
  const order = new Map(spans.map(({ connection }, n) => [connection.id, n]))
  const place = (change: RawChange): number => order.get(change.connectionId) ?? 0
  const rank = (change: RawChange): number => RANK.get(change.kind) ?? 0
  return {
    spans,
    changes: [...changesIn(reader, listEnds(compared)), ...readings].toSorted(
      (a, b) =>
        b.syncId - a.syncId ||
        place(a) - place(b) ||
        rank(a) - rank(b) ||
        a.subject.id - b.subject.id ||
        (a.projectId ?? 0) - (b.projectId ?? 0) ||
        (a.groupId ?? 0) - (b.groupId ?? 0),
    ),
  }
}

/** Changes as they are shown, with the names that their subjects had at the end of the span. */
export function namedChanges(reader: Reader, spans: readonly Span[], changes: readonly RawChange[]): Change[] {
  const ends = findEnds(listEnds(spans))
  const subjects = (kind: RawChange['subject']['kind']): NamedAt[] =>
    changes.filter((c) => c.subject.kind === kind).map((c) => [c.subject.id, ends.get(c.connectionId) ?? 0])
  const projects = changes.flatMap(({ projectId, connectionId }): NamedAt[] =>
    projectId === null ? [] : [[projectId, ends.get(connectionId) ?? 0]],
  )
  const names = {
    principal: lastNames(reader, 'principal', new Map(subjects('principal'))),
    key: lastNames(reader, 'key', new Map(subjects('key'))),
    project: lastNames(reader, 'project', new Map([...subjects('project'), ...projects])),
  }
  const connections = new Map(spans.map(({ connection }) => [connection.id, connection]))
  const syncIds = [...new Set(changes.map((c) => c.syncId))]
  const times = new Map(
    reader
      .all<{ id: number; at: number }>(
        'SELECT id, finished_at AS at FROM sync WHERE id IN (SELECT value FROM json_each(?))',
        [idsParam(syncIds)],
      )
      .map((row) => [row.id, row.at]),
  )
  const makers = findMakers(reader, changes)
  return changes.flatMap((change, n) => {
    const connection = connections.get(change.connectionId)
    if (!connection) return []
    const { kind } = change.subject
    const named = kind in names ? names[kind as keyof typeof names].get(change.subject.id) : undefined
    return {
      rowKey: `${change.kind} ${change.syncId} ${change.subject.kind} ${change.subject.id} ${change.projectId ?? ''} ${change.groupId ?? ''}`,
      kind: change.kind,
      client: connection.client,
      connection: toRef(connection),
      sync: { id: change.syncId, at: times.get(change.syncId) ?? 0 },
      subject: {
        kind: change.subject.kind,
        id: change.subject.id,
        name: change.subject.name ?? named?.name ?? '',
        personId: named?.personId ?? null,
      },
      project:
        change.projectId === null
          ? null
          : { id: change.projectId, name: names.project.get(change.projectId)?.name ?? '' },
      before: change.before,
      after: change.after,
      levelBefore: change.levelBefore,
      levelAfter: change.levelAfter,
      madeBy: makers.get(n) ?? null,
    }
  })
}

/** So many changes are named together. */
const NAMED_TOGETHER = 500

/** Yields the changes one by one, with no more than a slice of them named at a time. */
export function* eachNamedChange(
  reader: Reader,
  spans: readonly Span[],
  changes: readonly RawChange[],
): Generator<Change> {
  for (let at = 0; at < changes.length; at += NAMED_TOGETHER)
    yield* namedChanges(reader, spans, changes.slice(at, at + NAMED_TOGETHER))
}

/** A connection as rows show it. */
export function toRef(connection: StoredConnection): ConnectionRef {
  const { id, label, provider, organizationId } = connection
  return { id, label, provider, organizationId }
}
