import type { Service } from '../../../../electron/service/process/open.ts'

/** Asks every operation of a team, of a profile whose server does not answer; refusals are answers too. */
export async function everyTeamOperation(
  api: Service['api'],
  secret: string,
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  const administrator = { login: 'postgres', password: secret }
  const server = { host: '127.0.0.1', port: 1, database: 'castellan' }
  const member = 'anna@northlight.example'
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    init: () => api.team.init({ team: 'Northlight', email: 'mara@northlight.example', server, administrator }),
    status: () => api.team.status(),
    invite: () => api.team.invite({ email: member, name: 'Anna', administrator }),
    join: () => api.team.join({ code: `castellan-invite-1.${secret}.x` }),
    members: () => api.team.members(),
    grant: () => api.team.grant({ member, roles: ['owner'] }),
    revoke: () => api.team.revoke({ member }),
    requireApprovals: () => api.team.requireApprovals({ client: null, required: true }),
    rotate: () => api.team.rotate(),
    mend: () => api.team.mend(),
    move: () => api.team.move({ host: '127.0.0.1', port: 1, database: 'castellan' }),
    unheld: () => api.team.unheld(),
    hold: () => api.team.hold({ clients: ['acme'] }),
    exchange: () => api.team.exchange(),
    verify: () => api.team.verify({}),
  }
  for (const [name, call] of Object.entries(asked)) await ask(`team.${name}`, call().catch(String))
}
