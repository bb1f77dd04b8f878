import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { EventAct } from '../../../shared/domain/events/event.ts'
import type { Reader } from '../db/handles.ts'
import { actorNameOf } from '../facts/event-actor.ts'
import type { RawChange } from './raw-change.ts'

/** Who made a change, by the provider's own log. */
export interface MadeBy {
  readonly eventId: number
  readonly at: number
  /** Null where the provider reports no one. */
  readonly name: string | null
}

const CREATED: readonly EventAct[] = ['created', 'succeeded']
const CHANGED: readonly EventAct[] = ['changed', 'created', 'enabled', 'disabled']
const REMOVED: readonly EventAct[] = ['removed']

/** What a provider records of each kind of change; kinds that no event names exactly are left out. */
const ACTS: Readonly<Partial<Record<ChangeKind, readonly EventAct[]>>> = {
  'access-gained': [...CREATED, 'changed'],
  'access-lost': [...REMOVED, 'changed'],
  'access-raised': CHANGED,
  'access-lowered': [...CHANGED, 'removed'],
  'role-changed': CHANGED,
  'person-joined': CREATED,
  'person-left': REMOVED,
  'key-created': CREATED,
  'key-rotated': CREATED,
  'key-removed': [...REMOVED, 'changed', 'disabled'],
  'key-changed': CHANGED,
  'project-created': CREATED,
  'project-archived': REMOVED,
  'project-removed': REMOVED,
  'project-changed': CHANGED,
  'federation-added': CREATED,
  'federation-changed': CHANGED,
  'federation-removed': REMOVED,
}

/** The provider's id of what a change `j` is about. */
const SUBJECT_X = `CASE j.value ->> 'kind'
  WHEN 'principal' THEN (SELECT p.external_id FROM principal p WHERE p.id = j.value ->> 'id')
  WHEN 'key' THEN (SELECT k.external_id FROM key k WHERE k.id = j.value ->> 'id')
  WHEN 'project' THEN (SELECT n.external_id FROM project n WHERE n.id = j.value ->> 'id')
  WHEN 'federation' THEN (SELECT v.external_id FROM federation_version v WHERE v.id = j.value ->> 'id') END`

/** A sync begins before it reads a log, and logs have whole seconds. */
const EARLIER_MS = 60_000

/**
 * The last event about the subject of each change between the sync that found it and the one before: by the position of
 * the change. One statement whatever their number.
 */
export function findMakers(reader: Reader, changes: readonly RawChange[]): ReadonlyMap<number, MadeBy> {
  const asked = changes.flatMap(({ kind, connectionId, syncId, subject }, n) => {
    const acts = ACTS[kind]
    return acts === undefined
      ? []
      : [{ n, connection: connectionId, sync: syncId, kind: subject.kind, id: subject.id, acts: `|${acts.join('|')}|` }]
  })
  if (asked.length === 0) return new Map()
  const rows = reader.all<MadeBy & { readonly n: number }>(
    `SELECT j.value ->> 'n' AS n, ev.id AS eventId, ev.at, ${actorNameOf('ev', 'name')} AS name
     FROM json_each(:asked) j CROSS JOIN sync s ON s.id = j.value ->> 'sync' CROSS JOIN event ev ON ev.id = (
       SELECT e.id FROM event e INDEXED BY event_of_subject WHERE e.connection_id = j.value ->> 'connection' AND e.subject_x = ${SUBJECT_X}
         AND e.at <= s.finished_at AND e.at >= ifnull((SELECT y.started_at FROM sync y WHERE y.connection_id = s.connection_id AND y.id < s.id
           AND y.state IN ('complete', 'partial') ORDER BY y.id DESC LIMIT 1), 0) - ${EARLIER_MS}
         AND instr(j.value ->> 'acts', '|' || e.act || '|') > 0
       ORDER BY e.at DESC, e.id DESC LIMIT 1)`,
    { asked: JSON.stringify(asked) },
  )
  return new Map(rows.map(({ n, ...made }) => [n, made]))
}
