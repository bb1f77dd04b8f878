import { expect, it } from 'vitest'

import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { foundInMemory } from '../team/memory-servers.ts'

const client = 'acme'

const find = async ({ api }: Service, action: string) =>
  (await api.journal.list({ client, search: action })).rows.find((row) => row.action === action)
const undo = async (of: Service, action: string) => of.api.journal.undo({ entry: (await find(of, action))?.entry ?? 0 })

it('a member undoes what another member decided, under the own name, on every device', async () => {
  const { founder, join } = await foundInMemory()
  const anna = await join('Anna', { client, clientRole: 'lead' })
  const both = [founder, anna]
  const exchangeAll = async (): Promise<void> => {
    for (const { api } of [founder, anna, founder]) await api.team.exchange()
  }
  await connected(founder.api, await northfold(), { client })
  await synced(founder.api)
  await founder.api.client.update({ slug: client, notes: 'Before' })
  await founder.api.client.update({ slug: client, notes: 'After' })
  const [finding] = (await founder.api.findings.list({ limit: 1, state: 'open' })).rows
  await founder.api.findings.accept({
    findingId: finding?.findingId ?? 0,
    until: addDays(toLocalDay(founder.context.now()), 7),
    reason: 'Replaced soon',
    confirm: 'ACCEPT 1',
  })
  await exchangeAll()

  await undo(anna, 'client.changed')
  await undo(anna, 'finding.accepted')
  await exchangeAll()
  for (const one of both) {
    expect((await one.api.client.get({ slug: client })).notes).toBe('Before')
    expect((await one.api.findings.list({ client, state: 'accepted' })).rows).toEqual([])
    expect(await find(one, 'finding.reopened')).toMatchObject({ operator: 'Anna' })
    expect((await find(one, 'finding.accepted'))?.whyNot).toMatch(/^Entry \d+ undid, changed or ended it\.$/u)
    expect((await one.api.evidence.verifyRegister({})).problems).toEqual([])
  }
})

it('an entry that took no effect in the team is not undone, and hinders no other', async () => {
  const { founder, join } = await foundInMemory()
  const ben = await join('Ben', { client, clientRole: 'lead' })
  const member = 'ben@northlight.example'
  await founder.api.client.update({ slug: client, notes: 'Decided by the founder' })
  await ben.api.team.exchange()
  await founder.api.team.exchange()
  await ben.api.team.exchange()
  expect(await find(ben, 'client.changed')).toMatchObject({ whyNot: null })

  await founder.api.team.setRole({ member, client, role: 'reviewer' })
  await founder.api.team.exchange()
  await ben.api.client.update({ slug: client, notes: 'Decided before the role was read' })
  for (const { api } of [ben, founder, ben]) await api.team.exchange()
  const [none, decided] = (await ben.api.journal.list({ client, search: 'client.changed' })).rows
  expect(none?.whyNot).toBe('It did not take effect in the team. Team shows why.')
  expect(await refused(ben.api.journal.undo({ entry: none?.entry ?? 0 }))).toMatchObject({ code: 'CONFLICT' })
  expect(decided).toMatchObject({ whyNot: null })
})
