import { getConnection } from '../../register/connections/connection.ts'
import { listOwnCustody } from '../../register/team/custody.ts'
import { findForbidden } from '../../register/team/may-decide.ts'
import { commit, type Commit, type Context, getReader } from './context.ts'
import { credentialState } from './credentials.ts'
import { carryOut } from './operations.ts'

/**
 * In the register of a team: records whose credentials this device has, where it placed otherwise. Nothing of a
 * credential is part of it. `held`: true if the device has one, by the number of the connection; others stay as they
 * are.
 */
export function decideCustody(act: Commit, held: ReadonlyMap<number, boolean>): void {
  const due = listOwnCustody(act.writer).filter(
    ({ connection, isPlaced }) => (held.get(connection) ?? isPlaced) !== isPlaced,
  )
  const decided = due.map(({ isPlaced, client, label, connectionUid, device }) => ({
    kind: isPlaced ? ('credential.gone' as const) : ('credential.held' as const),
    client,
    subject: label,
    body: { v: 1 as const, connectionUid, device },
  }))
  // A credential may be kept without the right to record it in the team.
  carryOut(
    act,
    decided.filter((one) => findForbidden(act.writer, [one]) === null),
  )
}

/**
 * Decides it for all connections: after this device was let in or got a role, for what was set before, and for a
 * credential that was kept for a session that has ended. Returns whether anything was decided.
 */
export async function declareCustody(context: Context): Promise<boolean> {
  const { secrets } = context.session()
  const held = new Map<number, boolean>()
  for (const { connection, isPlaced, isSet } of listOwnCustody(getReader(context))) {
    const stored = isSet ? getConnection(getReader(context), connection) : null
    const isHeld = stored !== null && (await credentialState(secrets, stored)) !== 'none'
    if (isHeld !== isPlaced) held.set(connection, isHeld)
  }
  if (held.size > 0) commit(context, ['connection'], (act) => decideCustody(act, held))
  return held.size > 0
}
