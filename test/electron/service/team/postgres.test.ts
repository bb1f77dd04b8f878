import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { startTeamPostgres, type TeamPostgres } from '../../../team/postgres-team.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { FOUNDER } from './memory-servers.ts'

let postgres: TeamPostgres
beforeAll(async () => {
  postgres = await startTeamPostgres()
})
afterAll(() => postgres.stop())

/** A team on a database of its own, with one client; the founder's service, and how others join. */
async function foundOnPostgres() {
  const { login, password, ...server } = await postgres.createDatabase()
  const founder = await newService()
  await founder.api.client.add({ name: 'Acme', slug: 'acme' })
  const { paper } = await founder.api.team.init({ ...FOUNDER, server, administrator: { login, password } })
  const join = async (name: string, role: 'reviewer' | 'operator' | 'lead'): Promise<Service> => {
    const email = `${name.toLowerCase()}@northlight.example`
    const { code } = await founder.api.team.invite({ email, name, client: 'acme', clientRole: role })
    const service = await newService()
    await service.api.team.join({ code })
    await founder.api.team.exchange()
    await service.api.team.exchange()
    return service
  }
  return { founder, join, server, paper: paper ?? '' }
}

it('two registers on one PostgreSQL: found, invite, join, decide on both, remove and leave', async () => {
  const { founder, join, server } = await foundOnPostgres()
  expect(await founder.api.team.status()).toMatchObject({
    state: 'member',
    problems: [],
    stopped: [],
    server: { host: '127.0.0.1', database: server.database },
  })
  const anna = await join('Anna', 'lead')
  const ben = await join('Ben', 'operator')
  expect(await anna.api.team.status()).toMatchObject({ state: 'member', problems: [], waiting: [] })
  await anna.api.client.update({ slug: 'acme', notes: 'By Anna' })
  await founder.api.policy.set({ client: 'acme', values: { maxPrivileged: 3 } })
  for (const { api } of [anna, founder, anna, ben]) {
    expect(await api.team.exchange()).toMatchObject({ waiting: 0, sentences: [], refused: [], askedBack: [] })
  }
  for (const { api } of [anna, founder, ben]) {
    expect(await api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'By Anna' })
    const { logs } = await api.team.verify({})
    expect(logs.map(({ intact }) => intact)).not.toContain(false)
  }
  expect(await founder.api.team.setRole({ member: 'ben@northlight.example', client: null, role: null })).toMatchObject({
    sentence: expect.stringContaining('Ben and their devices left') as string,
  })
  expect(await refused(ben.api.team.exchange())).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(await anna.api.team.leave()).toMatchObject({ sentence: expect.stringContaining('left Northlight') as string })
  expect(await anna.api.team.status()).toMatchObject({ state: 'none' })
})

it('on a PostgreSQL, the recovery code brings the team back after every row of rights and keys was lost', async () => {
  const { founder, server, paper } = await foundOnPostgres()
  await founder.api.client.update({ slug: 'acme', notes: 'Kept' })
  await founder.api.team.exchange()
  await postgres.postgres.sql('DELETE FROM castellan.wrap', server.database)
  await postgres.postgres.sql('UPDATE castellan.may SET level = 1', server.database)
  // An owner’s device that starts again makes them again.
  const { profile } = founder.context.session()
  const secrets = founder.context.session().secrets
  await founder.close()
  const again = await newService({ profile, secrets })
  expect(await again.api.team.exchange()).toMatchObject({ sentences: [] })
  const back = await newService()
  expect(await back.api.team.join({ code: paper })).toMatchObject({ state: 'member', own: { role: 'owner' } })
  expect(await back.api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'Kept' })
})
