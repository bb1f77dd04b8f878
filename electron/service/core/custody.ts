import { listDueCustody } from '../../register/team/custody.ts'
import { commit, type Commit, type Context, getReader } from './context.ts'
import { carryOut } from './operations.ts'

/**
 * In the register of a team: decides which connections this device has a credential of, where the team does not know that yet, and which it
 * has none of any more. Nothing of the credential itself is part of it. Returns for how many.
 */
export function decideCustody(act: Commit): number {
  const due = listDueCustody(act.writer)
  carryOut(
    act,
    due.map(({ isHeld, client, label, connectionUid, device }) => ({
      kind: isHeld ? 'credential.held' : 'credential.gone',
      client,
      subject: label,
      body: { v: 1, connectionUid, device },
    })),
  )
  return due.length
}

/** The same by itself: after this device was let in or got a role, and for what was set before. */
export function declareCustody(context: Context): number {
  if (listDueCustody(getReader(context)).length === 0) return 0
  return commit(context, ['connection'], decideCustody)
}
