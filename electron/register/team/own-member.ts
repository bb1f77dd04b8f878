import type { Reader } from '../db/handles.ts'
import { readTeamPlace } from './place.ts'

/** The uid of the member at this device; null before the entry that enrolled it was read. */
export function findOwnMember(reader: Reader): string | null {
  const place = readTeamPlace(reader)
  return place === null ? null : (reader.value<string>(ENROLLED, [place.team, place.device]) ?? null)
}

const ENROLLED = `SELECT e.operation ->> '$.body.memberUid' FROM team_entry e
  WHERE e.stream = ? AND e.void_reason IS NULL AND e.operation ->> 'kind' IN ('team.founded', 'device.enrolled')
    AND e.operation ->> '$.body.deviceUid' = ? LIMIT 1`
