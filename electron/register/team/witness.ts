import type { LogWitness } from '../../../shared/report/witness.ts'
import type { Reader } from '../db/handles.ts'
import { readTeamPlace } from './place.ts'

interface Row {
  readonly of: LogWitness['of']
  readonly log: string
  readonly next: number
  readonly head: Uint8Array
}

const ENDS = `WITH of (of, log, place) AS (SELECT 'client', uid, 1 FROM client WHERE slug = :slug UNION ALL SELECT 'team', :team, 2)
  SELECT o.of, l.log, l.next, l.head FROM of o JOIN team_log l ON l.log = o.log AND l.next > 0 ORDER BY o.place`

/**
 * Where the logs of a client, and that of its team, are in this register; none in a register without a team, and for a client that the team has no
 * log of. What waits here is in no log yet.
 */
export function readWitnesses(reader: Reader, slug: string): readonly LogWitness[] {
  const place = readTeamPlace(reader)
  if (place === null) return []
  const witnesses = reader.all<Row>(ENDS, { slug, team: place.team }).map(({ of, log, next, head }) => ({
    of,
    log,
    position: next - 1,
    head: Buffer.from(head).toString('hex'),
  }))
  return witnesses.some(({ of }) => of !== 'team') ? witnesses : []
}
