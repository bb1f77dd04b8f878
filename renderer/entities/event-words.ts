import type { EventRow } from '../../shared/contract/events.ts'
import type { EventActor } from '../../shared/domain/events/event.ts'
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

/** What it was done to, by the best name that is known. */
export function eventSubjectName({ subject }: Pick<EventRow, 'subject'>): string | null {
  return subject.name?.trim() || subject.externalId
}
