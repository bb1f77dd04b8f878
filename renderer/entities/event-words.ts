import type { EventRow } from '../../shared/contract/events.ts'
import { eventWord, type EventActor } from '../../shared/domain/events/event.ts'
import { roleLabel } from '../../shared/domain/role.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'

const ACTORS: Readonly<Record<Exclude<EventActor, 'provider' | 'unknown'>, string>> = {
  user: 'A person',
  'service-account': 'A service account',
  key: 'A key',
  'admin-key': 'An admin key',
  directory: 'A directory',
  workload: 'A workload',
}

/** Who did it, by the best name that is known; null where the provider reports no one. */
export function actorName({ actor, connection }: Pick<EventRow, 'actor' | 'connection'>): string | null {
  if (actor.kind === 'provider') return providerName(connection.provider)
  const name = actor.name?.trim() || actor.email || actor.externalId
  if (actor.kind === 'unknown') return name
  if (actor.kind === 'key' || actor.kind === 'admin-key') return name === null ? ACTORS[actor.kind] : `Key ${name}`
  return name ?? ACTORS[actor.kind]
}

/** The subject of an event, by the best name that is known. */
export function eventSubjectName({ subject }: Pick<EventRow, 'subject'>): string | null {
  return subject.name?.trim() || subject.externalId
}

/**
 * An event in the panel of what it is about: `Key created: prod-web` in a project, `Role given: Owner in Shop` for a
 * person, and by whom. The subject of the panel is not named again.
 */
export function eventWords(
  row: EventRow,
  about: Readonly<Partial<Record<'key' | 'person' | 'project' | 'rule' | 'certificate', number>>>,
): { readonly what: string; readonly by: string | null } {
  const isItself = about.project === undefined || row.subject.projectId === about.project
  const parts = [
    ...(isItself ? [] : [eventSubjectName(row)]),
    ...(row.role === null ? [] : [roleLabel(row.role)]),
  ].filter((part) => part !== null)
  // A key is in its project, and a project is that of its events; others have events in several.
  const hasPlace = about.key === undefined && about.project === undefined
  const place = hasPlace && row.project !== null ? ` in ${row.project.name}` : ''
  const who = actorName(row)
  return {
    what: `${eventWord(row.subject.kind, row.act)}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}${place}`,
    by: who === null ? null : `By ${who}`,
  }
}
