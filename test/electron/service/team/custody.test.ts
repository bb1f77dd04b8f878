import { expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { NORTHFOLD_CREDENTIAL } from '../fakes.ts'
import { newService } from '../services.ts'
import { foundInMemory } from './memory-servers.ts'

const ANNA = 'anna@northlight.example'

const readBy = async ({ api }: Service) =>
  (await api.connection.list({})).map(({ label, readBy: devices }) => [
    label,
    devices?.map(({ member, own }) => `${member}${own ? ' here' : ''}`),
  ])

it('a team shows which devices read a connection, and names one that no device can read', async () => {
  const { founder, join } = await foundInMemory()
  const { id } = await founder.api.connection.add({ client: 'acme', provider: 'openai', label: 'Acme' })
  const anna = await join('Anna')
  const grant = (role: 'reviewer' | 'operator') => founder.api.team.grant({ client: 'acme', member: ANNA, role })
  const exchange = async (): Promise<void> => {
    for (const { api } of [founder, anna, founder, anna]) await api.team.exchange()
  }
  await grant('reviewer')
  await exchange()
  const unread = [{ client: 'acme', connection: 'Acme' }]
  for (const { api } of [founder, anna]) expect((await api.team.status()).unread).toEqual(unread)
  expect(await readBy(anna)).toEqual([['Acme', []]])

  await founder.api.connection.setCredential({ id, credential: NORTHFOLD_CREDENTIAL })
  expect(await readBy(founder)).toEqual([['Acme', ['Mara Lind here']]])
  const [{ id: hers } = { id: 0 }] = await anna.api.connection.list({})
  await anna.api.connection.setCredential({ id: hers, credential: NORTHFOLD_CREDENTIAL })
  await exchange()
  // A reviewer may read no provider for the team, so her device has nothing to place.
  expect(await readBy(anna)).toEqual([['Acme', ['Mara Lind']]])
  expect((await anna.api.team.status()).void).toEqual([])
  await grant('operator')
  await exchange()
  expect(await readBy(founder)).toEqual([['Acme', ['Mara Lind here', 'Anna']]])
  expect(await readBy(anna)).toEqual([['Acme', ['Mara Lind', 'Anna here']]])
  for (const { api } of [founder, anna]) expect((await api.team.status()).unread).toEqual([])

  // Of the credential itself, the other device has no letter.
  const placed = getReader(anna.context).column<string>(
    "SELECT operation FROM team_entry WHERE operation ->> 'kind' LIKE 'credential.%'",
  )
  expect(placed).toHaveLength(2)
  expect(placed.join().includes(NORTHFOLD_CREDENTIAL.slice(-4))).toBe(false)
  for (const operation of placed)
    expect(Object.keys((JSON.parse(operation) as { body: object }).body)).toEqual(['connectionUid', 'device', 'v'])

  await founder.api.connection.removeCredential({ id })
  await exchange()
  expect(await readBy(anna)).toEqual([['Acme', ['Anna here']]])
  await founder.api.team.revoke({ member: ANNA })
  await founder.api.team.exchange()
  expect(await readBy(founder)).toEqual([['Acme', []]])
  expect((await founder.api.team.status()).unread).toEqual(unread)
  expect((await founder.api.evidence.verifyRegister()).problems).toEqual([])
})

it('a device whose credential was kept for a session that has ended places that it has none', async () => {
  const { servers, founder } = await foundInMemory()
  const { id } = await founder.api.connection.add({ client: 'acme', provider: 'openai', label: 'Acme' })
  await founder.api.connection.setCredential({ id, credential: NORTHFOLD_CREDENTIAL })
  await founder.api.team.exchange()
  expect(await readBy(founder)).toEqual([['Acme', ['Mara Lind here']]])
  const { profile, secrets } = founder.context.session()
  await founder.close()
  await secrets.delete(`connection-${id}`)
  const again = await newService({ profile, secrets, teamServers: servers })
  await again.api.team.exchange()
  expect(await readBy(again)).toEqual([['Acme', []]])
  expect((await again.api.team.status()).unread).toEqual([{ client: 'acme', connection: 'Acme' }])
})

it('a profile without a team records nothing about devices', async () => {
  const { api, context } = await newService()
  await api.client.add({ name: 'Acme' })
  const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
  expect((await api.connection.setCredential({ id, credential: NORTHFOLD_CREDENTIAL })).readBy).toBeNull()
  expect(getReader(context).value("SELECT count(*) FROM journal WHERE action LIKE 'credential.held'")).toBe(0)
})
