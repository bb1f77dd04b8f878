import type { TeamBody } from '../../../shared/team/operations.ts'
import { type IssuedRow, readIssuedInvites, writeIssuedInvites } from '../../register/team/place.ts'
import { answerKnocks } from '../../team/enrol.ts'
import { fromHex } from '../../team/hex.ts'
import type { IssuedInvite } from '../../team/invite.ts'
import { commit, type Context, getReader } from '../core/context.ts'
import { type OpenTeam, readSecrets } from './open-team.ts'

/**
 * The devices that asked under an invite of this device and are let in. Invites that were used or ran out are forgotten.
 * Throws `TeamLogError`.
 */
export async function answerInvited(
  context: Context,
  { replica, log, place }: OpenTeam,
): Promise<readonly TeamBody<'device.enrolled'>[]> {
  const rows = readIssuedInvites(getReader(context))
  if (rows.length === 0 || place.root === null) return []
  const secrets = readSecrets(context)
  const issued: IssuedInvite[] = []
  for (const row of rows) {
    const secret = await secrets.get(`team-invite-${row.uid}`)
    if (secret !== null) issued.push({ ...row, secret: fromHex(secret) })
  }
  const { enrol } = await answerKnocks(replica, log, fromHex(place.root), issued, context.now())
  const used = new Set([...(replica.membership()?.devices.values() ?? [])].map(({ login }) => login))
  await forget(context, rows, ({ login, until }) => used.has(login) || until < context.now())
  return enrol
}

async function forget(
  context: Context,
  rows: readonly IssuedRow[],
  isOver: (row: IssuedRow) => boolean,
): Promise<void> {
  const over = rows.filter(isOver)
  if (over.length === 0) return
  for (const { uid } of over) await readSecrets(context).delete(`team-invite-${uid}`)
  commit(context, [], ({ writer }) => {
    writeIssuedInvites(
      writer,
      rows.filter((row) => !isOver(row)),
    )
  })
}
