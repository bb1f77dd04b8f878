import { afterAll, beforeAll, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { CREDENTIAL, startPlace } from '../../providers/places.ts'
import { startTeamServer, type TeamServer } from '../../team/postgres/database.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'
import { FOUNDER, joinedService, prepare } from './teams.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

const found = async ({ api }: Service): Promise<unknown> => ({
  keys: (await api.keys.list({ limit: 500 })).rows.map(({ name }) => name).toSorted(),
  findings: (await api.findings.list({ limit: 500 })).rows
    .map(({ rule, subject }) => `${rule.id} ${subject.name}`)
    .toSorted(),
})
const digests = ({ context }: Service): unknown =>
  getReader(context).all(
    "SELECT body ->> 'digest' AS digest, operator FROM journal WHERE action = 'sync.applied' ORDER BY seq DESC LIMIT 1",
  )

it('a sync of one member arrives on the other, whose register shows a connection from before the team as never read until then', async () => {
  const provider = closeAfterTest(await startPlace({ provider: 'openai', variant: 'calm' }))
  const prepared = await prepare(server)
  const founder = await newService()
  const connection = await connected(founder.api, provider, { client: 'acme', credential: CREDENTIAL.openai })
  await synced(founder.api)
  await founder.api.team.init({ ...FOUNDER, server: prepared.server, administrator: prepared.administrator })
  const anna = await joinedService(founder, prepared, { name: 'Anna', email: 'anna@northlight.example' })
  await founder.api.team.grant({ member: 'anna@northlight.example', client: 'acme', role: 'viewer' })
  await anna.api.team.exchange()
  const [seen] = await anna.api.connection.list({})
  expect(seen).toMatchObject({ client: { slug: 'acme' }, lastSync: null, credential: { state: 'none', hint: null } })
  expect((await anna.api.keys.list({})).rows).toEqual([])

  await synced(founder.api, [connection])
  await founder.api.team.exchange()
  expect(await anna.api.team.exchange()).toMatchObject({ sentences: [] })
  expect(await found(anna)).toEqual(await found(founder))
  expect((await found(anna)) as { keys: unknown[] }).not.toMatchObject({ keys: [] })
  expect(digests(anna)).toMatchObject([{ operator: FOUNDER.name }])
  expect((await anna.api.connection.list({}))[0]).toMatchObject({ lastSync: { operator: FOUNDER.name } })
  expect((await anna.api.team.status()).void).toEqual([])
})
