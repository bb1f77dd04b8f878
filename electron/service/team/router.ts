import { teamContract } from '../../../shared/contract/team.ts'
import { implementArea } from '../core/implementer.ts'
import { belongsToTeam, NO_TEAM } from './gate.ts'

const os = implementArea({ team: teamContract })

/** Nothing of a team is loaded before a profile belongs to one, or is about to. */
const load = () => import('./operations.ts')

export const teamRouter = {
  status: os.team.status.handler(async ({ context }) => {
    if (context.session().register !== null && !belongsToTeam(context.session())) return NO_TEAM
    return (await load()).readStatus(context)
  }),
  init: os.team.init.handler(async ({ context, input }) => (await load()).initTeam(context, input)),
  invite: os.team.invite.handler(async ({ context, input }) => {
    const { invite, openTeam } = await load()
    return invite(context, await openTeam(context), input)
  }),
  join: os.team.join.handler(async ({ context, input }) => {
    const { joinTeam, readStatus } = await load()
    await joinTeam(context, input.code)
    return readStatus(context)
  }),
  members: os.team.members.handler(async ({ context }) => (await load()).readMembers(context)),
  grant: os.team.grant.handler(async ({ context, input }) => (await load()).grant(context, input)),
  revoke: os.team.revoke.handler(async ({ context, input }) => (await load()).revoke(context, input)),
  requireApprovals: os.team.requireApprovals.handler(async ({ context, input }) =>
    (await load()).requireApprovals(context, input),
  ),
  rotate: os.team.rotate.handler(async ({ context, input }) => (await load()).rotate(context, input)),
  mend: os.team.mend.handler(async ({ context, input }) => (await load()).mend(context, input)),
  move: os.team.move.handler(async ({ context, input }) => (await load()).moveTeam(context, input)),
  unheld: os.team.unheld.handler(async ({ context }) => (await load()).readUnheld(context)),
  hold: os.team.hold.handler(async ({ context, input }) => (await load()).holdClients(context, input)),
  exchange: os.team.exchange.handler(async ({ context }) => {
    const { exchangeTeam, openTeam } = await load()
    return exchangeTeam(context, await openTeam(context), true)
  }),
  verify: os.team.verify.handler(async ({ context, input }) => (await load()).verifyTeam(context, input)),
}
