import type { Offboarding, OffboardingItem } from '../../../shared/contract/offboarding.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { getClient } from '../../register/clients/client.ts'
import { leaverDetails } from '../../register/leavers/detail.ts'
import { agencyDomains, agencyPeople, toLeavers, offboardingReadings } from '../../register/read/offboarding.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { invalid, notFound } from '../kit/refusal.ts'

/** More than anyone looks through in one list; `more` is how many further ones there are. */
const MOST_ITEMS = 1000

/**
 * Everything that the agency still holds at a client, and what prevents a certificate. Throws `Refusal` NOT_FOUND, and
 * INVALID for the agency's own client.
 */
export function readOffboarding(context: Context, slug: string): Offboarding {
  const reader = getReader(context)
  const client = getClient(reader, slug)
  if (client === null) {
    throw notFound(`A client with the slug ${JSON.stringify(slug)}`, 'List the clients to see their slugs.')
  }
  if (client.kind === 'internal') {
    throw invalid('client', `${client.name} is the agency itself.`, 'Name a client that the agency leaves.')
  }
  const people = agencyPeople(reader, slug)
  const moment = makeMoment(context)
  const details = leaverDetails(reader, toLeavers(people, moment.now, moment.today), { client: slug }, moment)
  const items = details
    .flatMap(({ row, items: own }) =>
      own.map((item): OffboardingItem => ({ ...item, person: { id: row.personId, name: row.name } })),
    )
    .toSorted((a, b) => Number(isShared(a)) - Number(isShared(b)))
  const unlisted = details.reduce((sum, { more }) => sum + more, 0)
  const readings = offboardingReadings(reader, slug)
  const domains = agencyDomains(reader)
  const { name, colour } = client
  const held = items.filter((item) => !isShared(item)).length + unlisted
  return {
    client: { slug, name, colour },
    domains,
    people,
    items: items.slice(0, MOST_ITEMS),
    more: Math.max(0, items.length - MOST_ITEMS) + unlisted,
    readings,
    obstacles: listObstacles({ held, readings, known: domains.length + people.length > 0 }),
  }
}

/** A key that they can have seen: it is not their own, and the client rotates it. */
export function isShared({ kind }: Pick<OffboardingItem, 'kind'>): boolean {
  return kind === 'shared-key'
}

function listObstacles(of: {
  readonly held: number
  readonly readings: Offboarding['readings']
  readonly known: boolean
}): string[] {
  const { held, readings, known } = of
  return [
    ...(known
      ? []
      : ['No one is known to belong to the agency: add a client of the kind "internal" with its domains.']),
    ...(readings.length === 0 ? ['The client has no connection, so nothing shows what is left.'] : []),
    ...(held === 0
      ? []
      : [`${counted(held, 'account, role, invite or key is', 'accounts, roles, invites and keys are')} still held.`]),
    ...readings.flatMap(({ connection, obstacle }) => (obstacle === null ? [] : [`${connection.label}: ${obstacle}`])),
    ...readings.flatMap(({ connection, credential }) =>
      credential === null
        ? []
        : [`${connection.label}: its admin credential is still in this keychain. Remove it last, after the last sync.`],
    ),
  ]
}
