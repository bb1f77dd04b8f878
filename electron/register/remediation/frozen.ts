import type { StoredApproval } from '../../../shared/decisions/remediation.ts'
import type { RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../db/handles.ts'
import { listUids } from './store.ts'

/** The facts of a team's item beside its row on the list. */
export interface FrozenItem {
  readonly clientUid: string
  /** All that name it, its own first. */
  readonly uids: readonly string[]
  readonly state: RemediationState
  /** The SHA-256 of the requests that were frozen when it was added, in hex, and these; null where they were not known. */
  readonly calls: string | null
  readonly requests: readonly FrozenRequest[] | null
  readonly approvals: readonly StoredApproval[]
}

export interface FrozenRequest {
  readonly method: string
  readonly url: string
  readonly body: string | null
}

interface Row {
  readonly clientUid: string
  readonly state: RemediationState
  readonly calls: string | null
  readonly requests: string | null
  readonly approvals: string | null
}

/** Null for an item that is not on the list. */
export function readFrozen(reader: Reader, id: number): FrozenItem | null {
  const row = reader.get<Row>(
    `SELECT c.uid AS clientUid, r.state, r.calls, r.requests, r.approvals FROM remediation r
     JOIN connection n ON n.id = r.connection_id JOIN client c ON c.id = n.client_id WHERE r.id = ?`,
    [id],
  )
  if (row === undefined) return null
  const { clientUid, state, calls, requests, approvals } = row
  return {
    clientUid,
    state,
    calls,
    uids: listUids(reader, id),
    requests: requests === null ? null : (JSON.parse(requests) as readonly FrozenRequest[]),
    approvals: approvals === null ? [] : (JSON.parse(approvals) as readonly StoredApproval[]),
  }
}
