import { actorNameOf } from '../../facts/event-actor.ts'
import { IS_RECORDED_BY } from '../../remediation/recorded.ts'

/** Events `e` of the providers' logs since the client’s last signed review, or within the days that the policy sets. */
export const RECENT_EVENTS =
  'temp.f_connection f CROSS JOIN event e INDEXED BY event_by_time ON e.connection_id = f.id AND e.at > f.since_at'

/** Who did `e`, by the best name that is known. */
export const EVENT_ACTOR = actorNameOf('e')

/** The subject of the event `e`, by the best name that is known. */
export const EVENT_SUBJECT = `coalesce(
  (SELECT k.name FROM key_last_row k WHERE k.connection_id = e.connection_id AND k.external_id = e.subject_x),
  (SELECT ifnull(nullif(p.name, ''), p.email) FROM account_last_row p
    WHERE p.connection_id = e.connection_id AND p.external_id = e.subject_x),
  e.subject_name, e.subject_x)`

/** The number of events per connection, with the last of them; `columns` are of the last one. */
export function lastOfEvents(columns: Readonly<Record<string, string>>, from: string, where: string): string {
  const named = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`)
  // SQLite takes columns that are not aggregated from the row that has the maximum.
  return `JOIN (SELECT e.connection_id, count(*) AS number, max(e.at) AS at, ${named.join(', ')}
    FROM ${from} WHERE ${where} GROUP BY e.connection_id) a ON a.connection_id = c.id`
}

/** A change that Castellan sent or handed to a person caused `e`. */
export const OWN_CHANGE = `EXISTS (SELECT 1 FROM remediation r WHERE r.connection_id = e.connection_id AND ${IS_RECORDED_BY})`

/** `by “mara@acme.example”`, or that the provider reports no one. */
export function byWords(actor: string | number | null): string {
  return actor === null ? 'the provider does not report by whom' : `by ${String(actor)}`
}
