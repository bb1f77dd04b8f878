import type { Service } from '../../../../electron/service/process/open.ts'
import type { teamContract } from '../../../../shared/contract/team.ts'

/** Asks every operation of a team, of a profile that belongs to none and whose server does not answer; refusals are answers too. */
export async function everyTeamOperation(
  api: Service['api'],
  secret: string,
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  const administrator = { login: 'postgres', password: secret }
  const server = { host: '127.0.0.1', port: 1, database: 'castellan' }
  const member = 'anna@northlight.example'
  const uid = '01890000-0000-7000-8000-000000000001'
  const asked: Readonly<Record<keyof typeof teamContract, () => Promise<unknown>>> = {
    status: () => api.team.status(),
    init: () =>
      api.team.init({ team: 'Northlight', name: 'Mara', email: 'mara@agency.example', server, administrator }),
    invite: () => api.team.invite({ email: member, name: 'Anna', role: 'member' }),
    join: () => api.team.join({ code: `castellan-invite-2.${secret}.x` }),
    members: () => api.team.members(),
    setRole: () => api.team.setRole({ member, client: null, role: 'owner' }),
    revokeDevice: () => api.team.revokeDevice({ device: uid }),
    requireApprovals: () => api.team.requireApprovals({ client: null, required: true }),
    paper: () => api.team.paper(),
    resolve: () => api.team.resolve({ log: uid, head: 'ab'.repeat(32) }),
    move: () => api.team.move(server),
    leave: () => api.team.leave(),
    exchange: () => api.team.exchange(),
    keep: () => api.team.keep({ uids: [uid] }),
    drop: () => api.team.drop({ uids: [uid] }),
    unheld: () => api.team.unheld(),
    hold: () => api.team.hold({ clients: [uid] }),
    verify: () => api.team.verify({}),
  }
  for (const [name, call] of Object.entries(asked)) await ask(`team.${name}`, call().catch(String))
}
