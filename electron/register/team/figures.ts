import type { ClientFigures } from '../../../shared/contract/team.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import type { Reader } from '../db/handles.ts'
import { openFindings } from '../findings/counts.ts'
import { clientCounts } from '../today/counts.ts'

interface OwnFigures extends Omit<ClientFigures, 'people' | 'keys' | 'due' | 'overdue' | 'findings' | 'entries'> {
  readonly uid: string
}

/**
 * The figures of each client that this register contains, by its uid, without those of its logs. What was never read is null. Days are
 * those of UTC, so that every register has the same.
 */
export function listFigures(reader: Reader, moment: Moment): ReadonlyMap<string, Omit<ClientFigures, 'entries'>> {
  const counts = clientCounts(reader, {}, moment)
  const findings = openFindings(reader, {}, moment.today)
  return new Map(
    reader.all<OwnFigures>(OWN_FIGURES).map(({ uid, ...own }) => {
      const counted = own.lastSync === null ? undefined : counts.get(own.slug)
      const open = findings.get(own.slug) ?? {}
      return [
        uid,
        {
          ...own,
          people: counted?.people ?? null,
          keys: counted?.keys ?? null,
          due: counted?.due ?? null,
          overdue: counted?.overdue ?? null,
          findings:
            counted === undefined
              ? null
              : (Object.fromEntries(SEVERITIES.map((each) => [each, open[each] ?? 0])) as ClientFigures['findings']),
        },
      ]
    }),
  )
}

/** Of all clients: their connections, how many of those were not read whole at their last sync, and the days of the last sync and the last signed review. */
export const OWN_FIGURES = `SELECT c.uid, c.slug, c.name, c.colour, ifnull(n.connections, 0) AS connections,
    ifnull(n.notRead, 0) AS notRead, date(n.syncedAt / 1000, 'unixepoch') AS lastSync,
    (SELECT date(max(r.signed_at) / 1000, 'unixepoch') FROM review r WHERE r.client_id = c.id AND r.state IN ('signed', 'acknowledged')) AS lastReview
  FROM client c LEFT JOIN (
    SELECT n.client_id, count(*) AS connections,
      sum(ifnull((SELECT s.state FROM sync s WHERE s.connection_id = n.id ORDER BY s.id DESC LIMIT 1), '') <> 'complete') AS notRead,
      max((SELECT s.finished_at FROM sync s WHERE s.id = (SELECT max(l.id) FROM sync l
        WHERE l.connection_id = n.id AND l.state IN ('complete', 'partial')))) AS syncedAt
    FROM connection n WHERE n.removed_at IS NULL GROUP BY n.client_id) n ON n.client_id = c.id
  ORDER BY c.id`
