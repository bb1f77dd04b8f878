import type { Reader } from '../db/handles.ts'

/** What waits for the agency's stream waits under this name, since its uid is known only from the first entry of the team. */
export const AGENCY_STREAM = 'agency'

/** The uid of the agency's stream; null before the first entry of the team was read. */
export function findAgency(reader: Reader): string | null {
  return (
    reader.value<string>(
      `SELECT e.operation ->> '$.body.agency' FROM team_entry e WHERE e.seq = 0 AND e.operation ->> 'kind' = 'team.founded'`,
    ) ?? null
  )
}
