import type { LogWitness } from '../../../shared/report/witness.ts'
import type { Reader } from '../db/handles.ts'
import { readTeamPlace } from './place.ts'

/**
 * Where the logs of a client, and that of its team, are in this register; none in a register without a team, and for a client that the team
 * has not opened. What waits here is in no log yet.
 */
export function readWitnesses(reader: Reader, slug: string): readonly LogWitness[] {
  const place = readTeamPlace(reader)
  if (place === null) return []
  const rows = reader.all<Row>(ENDS, { slug, team: place.team })
  const witnesses = rows.map(({ log, next, head, of }) => ({
    of,
    log,
    position: next - 1,
    head: Buffer.from(head).toString('hex'),
  }))
  return witnesses.some(({ of }) => of !== 'team') ? witnesses : []
}

interface Row {
  readonly of: LogWitness['of']
  readonly log: string
  readonly next: number
  readonly head: Uint8Array
}

const ENDS = `WITH log (of, stream, place) AS (
    SELECT 'decisions', uid, 1 FROM client WHERE slug = :slug
    UNION ALL SELECT 'readings', f.stream, 2 FROM client c JOIN team_facts f ON f.client = c.uid WHERE c.slug = :slug
    UNION ALL SELECT 'team', :team, 3)
  SELECT l.of, s.stream AS log, s.next, s.head FROM log l JOIN team_stream s ON s.stream = l.stream AND s.next > 0 ORDER BY l.place`
