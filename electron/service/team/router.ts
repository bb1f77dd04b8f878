import { teamContract } from '../../../shared/contract/team.ts'
import { type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { belongsToTeam, NO_TEAM } from './gate.ts'

const { team: os } = implementArea({ team: teamContract })

/** Nothing of a team is loaded before a profile belongs to one, or is about to. */
const load = () => import('./operations.ts')

/** An operation on the loaded parts. */
const on =
  <Input, Output>(act: (parts: Awaited<ReturnType<typeof load>>, context: Context, input: Input) => Promise<Output>) =>
  async ({ context, input }: { readonly context: Context; readonly input: Input }): Promise<Output> =>
    act(await load(), context, input)

export const teamRouter = {
  status: os.status.handler(async ({ context }) => {
    if (context.session().register !== null && !belongsToTeam(context.session())) return NO_TEAM
    return (await load()).readStatus(context)
  }),
  init: os.init.handler(on((parts, context, input) => parts.initTeam(context, input))),
  invite: os.invite.handler(on((parts, context, input) => parts.invite(context, input))),
  join: os.join.handler(on((parts, context, input: { readonly code: string }) => parts.joinTeam(context, input.code))),
  members: os.members.handler(
    on(async (parts, context) => parts.listMembers(getReader(context), (await parts.openTeam(context)).device)),
  ),
  setRole: os.setRole.handler(on((parts, context, input) => parts.setRole(context, input))),
  revokeDevice: os.revokeDevice.handler(on((parts, context, input) => parts.revokeDevice(context, input))),
  requireApprovals: os.requireApprovals.handler(on((parts, context, input) => parts.requireApprovals(context, input))),
  paper: os.paper.handler(on((parts, context) => parts.replacePaper(context))),
  resolve: os.resolve.handler(on((parts, context, input) => parts.resolve(context, input))),
  move: os.move.handler(on((parts, context, input) => parts.move(context, input))),
  leave: os.leave.handler(on((parts, context) => parts.leave(context))),
  exchange: os.exchange.handler(
    on(async (parts, context) => parts.exchangeTeam(context, await parts.openTeam(context))),
  ),
  keep: os.keep.handler(on((parts, context, input) => parts.answerAsked(context, input, true))),
  drop: os.drop.handler(on((parts, context, input) => parts.answerAsked(context, input, false))),
  unheld: os.unheld.handler(on((parts, context) => parts.readUnheld(context))),
  hold: os.hold.handler(on((parts, context, input) => parts.holdClients(context, input))),
  verify: os.verify.handler(on((parts, context, input) => parts.verifyTeam(context, input))),
}
