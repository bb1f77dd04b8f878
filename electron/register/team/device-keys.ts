import type { Reader } from '../db/handles.ts'
import { fingerprintKey } from './hash-entry.ts'
import { readTeamPlace } from './place.ts'

/** The team of a register: its root in hex, and the fingerprints of the keys of all its devices, also of those that were revoked. */
export interface TeamKeys {
  readonly root: string
  readonly keys: readonly string[]
}

/** Null for a register without a team, and before its first entry is placed. */
export function readTeamKeys(reader: Reader): TeamKeys | null {
  const place = readTeamPlace(reader)
  if (place === null || place.root === null) return null
  return { root: place.root, keys: reader.column<string>(SIGN_KEYS, [place.team]).map(fingerprintKey) }
}

const SIGN_KEYS = `SELECT e.operation ->> '$.body.signKey' FROM team_entry e WHERE e.stream = ? AND e.void_reason IS NULL
  AND e.operation ->> 'kind' IN ('team.founded', 'device.enrolled') ORDER BY e.seq`
