import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { EventAct } from '../../../shared/domain/events/event.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { actorNameOf } from '../facts/event-actor.ts'
import { ABOUT_CERTIFICATE, ABOUT_LIMIT } from '../facts/event-about.ts'
import { LIMITS } from '../facts/limits.ts'
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

/** The acts that a provider records of each kind of change; kinds that no event names exactly are left out. */
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
  'tags-changed': CHANGED,
  'federation-added': CREATED,
  'federation-changed': CHANGED,
  'federation-removed': REMOVED,
  'certificate-added': [...CREATED, 'enabled'],
  'certificate-changed': CHANGED,
  'certificate-removed': [...REMOVED, 'disabled'],
  'limit-set': CHANGED,
  'limit-changed': CHANGED,
  'limit-removed': [...REMOVED, 'changed', 'disabled'],
  'recipients-changed': CHANGED,
}

/** A change, or the version of a limit, by the position in a list. */
interface ChangeRef {
  readonly n: number
  readonly connection: number
  /** The sync that found it. */
  readonly sync: number
  readonly kind: RawChange['subject']['kind']
  readonly id: number
  /** Between bars, for the search in a text. */
  readonly acts: string
  /** True if it is about one place alone: the project, or the organization where that is null. */
  readonly isPlaced: boolean
  readonly project: number | null
}

/** Kinds of access: an event in another project is about another access of the account. */
const isPlaced = (kind: ChangeKind): boolean => kind.startsWith('access-') || kind === 'role-changed'

/** The provider's id of what a change `j` is about. */
const SUBJECT_X = `CASE j.value ->> 'kind'
  WHEN 'principal' THEN (SELECT p.external_id FROM principal p WHERE p.id = j.value ->> 'id')
  WHEN 'key' THEN (SELECT k.external_id FROM key k WHERE k.id = j.value ->> 'id')
  WHEN 'project' THEN (SELECT n.external_id FROM project n WHERE n.id = j.value ->> 'id')
  WHEN 'federation' THEN (SELECT v.external_id FROM federation_version v WHERE v.id = j.value ->> 'id') END`

/** A sync begins before it reads a log, and logs have whole seconds. */
const EARLIER_MS = 60_000

/** The event `e` is between the sync `s` that found a change `j` and the one before it, and did what the change needs. */
const IN_TIME = `e.connection_id = j.value ->> 'connection' AND e.at <= s.finished_at
  AND e.at >= ifnull((SELECT y.started_at FROM sync y WHERE y.connection_id = s.connection_id AND y.id < s.id
    AND y.state IN ('complete', 'partial') ORDER BY y.id DESC LIMIT 1), 0) - ${EARLIER_MS}
  AND instr(j.value ->> 'acts', '|' || e.act || '|') > 0`

const PLACE = (of: string): string => `(SELECT p.external_id FROM project p WHERE p.id = ${of}.project_id)`

/** By the table of a change's subject: events that name it otherwise than by its id alone. */
const NAMED_OTHERWISE = {
  limit: `EXISTS (SELECT 1 FROM ${LIMITS} l WHERE l.id = j.value ->> 'id' AND e.project_x IS ${PLACE('l')} AND ${ABOUT_LIMIT})`,
  certificate: `EXISTS (SELECT 1 FROM certificate_version f WHERE f.id = j.value ->> 'id' AND ${ABOUT_CERTIFICATE}
    AND (e.project_x IS NULL OR e.project_x = ${PLACE('f')}))`,
} as const

const IN_PLACE = `(NOT j.value ->> 'isPlaced' OR e.project_x IS NULL
  OR e.project_x = (SELECT n.external_id FROM project n WHERE n.id = j.value ->> 'project'))`

// An event in the exact place goes before a later one that names no place.
const BY_ID = `SELECT e.id FROM event e INDEXED BY event_of_subject WHERE e.subject_x = ${SUBJECT_X} AND ${IN_TIME} AND ${IN_PLACE}
  ORDER BY j.value ->> 'isPlaced' AND e.project_x IS NULL, e.at DESC, e.id DESC LIMIT 1`

const OTHERWISE = `SELECT e.id FROM event e INDEXED BY event_of_rare WHERE e.subject IN ('limit', 'certificate') AND ${IN_TIME}
  AND CASE j.value ->> 'kind' WHEN 'limit' THEN ${NAMED_OTHERWISE.limit} ELSE ${NAMED_OTHERWISE.certificate} END
  ORDER BY e.project_x IS NULL, e.at DESC, e.id DESC LIMIT 1`

function readMakers(
  reader: Reader,
  asked: readonly ChangeRef[],
  found: string,
): readonly (MadeBy & { readonly n: number })[] {
  if (asked.length === 0) return []
  return reader.all(
    `SELECT j.value ->> 'n' AS n, ev.id AS eventId, ev.at, ${actorNameOf('ev', 'name')} AS name
     FROM json_each(:asked) j CROSS JOIN sync s ON s.id = j.value ->> 'sync' CROSS JOIN event ev ON ev.id = (${found})`,
    { asked: JSON.stringify(asked) },
  )
}

function makersOf(reader: Reader, asked: readonly ChangeRef[]): ReadonlyMap<number, MadeBy> {
  const isNamedOtherwise = ({ kind }: ChangeRef): boolean => kind in NAMED_OTHERWISE
  const rows = [
    ...readMakers(
      reader,
      asked.filter((one) => !isNamedOtherwise(one)),
      BY_ID,
    ),
    ...readMakers(reader, asked.filter(isNamedOtherwise), OTHERWISE),
  ]
  return new Map(rows.map(({ n, ...made }) => [n, made]))
}

/**
 * The last event about the subject of each change between the sync that found it and the one before: by the position of
 * the change. Two statements whatever their number.
 */
export function findMakers(reader: Reader, changes: readonly RawChange[]): ReadonlyMap<number, MadeBy> {
  const asked = changes.flatMap(({ kind, connectionId, syncId, subject, projectId }, n): ChangeRef[] => {
    const acts = ACTS[kind]
    return acts === undefined
      ? []
      : [
          {
            n,
            connection: connectionId,
            sync: syncId,
            kind: subject.kind,
            id: subject.id,
            acts: toText(acts),
            isPlaced: isPlaced(kind),
            project: projectId,
          },
        ]
  })
  return makersOf(reader, asked)
}

function toText(acts: readonly EventAct[]): string {
  return `|${acts.join('|')}|`
}

/** By whom and when versions of limits were set, by the id of the version. As many statements whatever their number. */
export function findLimitMakers(reader: Reader, ids: readonly number[]): ReadonlyMap<number, MadeBy> {
  const versions = reader.all<{ readonly n: number; readonly connection: number; readonly sync: number }>(
    `SELECT l.id AS n, l.connection_id AS connection, l.from_sync AS sync FROM json_each(?) j CROSS JOIN limit_version l ON l.id = j.value`,
    [idsParam(ids)],
  )
  return makersOf(
    reader,
    versions.map((version) => ({
      ...version,
      kind: 'limit',
      id: version.n,
      acts: toText(CHANGED),
      isPlaced: false,
      project: null,
    })),
  )
}
