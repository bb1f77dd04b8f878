import { describe, expect, it } from 'vitest'

import { reportEmployment } from '../../../../electron/register/people/employment.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { newSampleService } from '../../../sample-profile.ts'
import { acmeParts, keyId, refused, seeded, type Seeded } from '../seeded.ts'

const HOUR = 3_600_000

/** A person, by name, left some days before the clock. */
async function leave({ api, service, clock }: Seeded, name: string, days = 3): Promise<number> {
  const { rows } = await api.people.list({ search: name })
  const person = rows[0]?.personId ?? 0
  const today = toLocalDay(clock.now)
  makeRegister(service.context).transact((writer) =>
    reportEmployment(writer, person, {
      externalId: null,
      name,
      status: 'departed',
      department: null,
      manager: null,
      jobTitle: null,
      contractor: false,
      startsOn: null,
      endsOn: addDays(today, -days),
      source: 'hr.csv',
      at: clock.now,
      today,
    }),
  )
  return person
}

describe('leavers.list', () => {
  it('lists those with remaining access first, those who left longest ago before the others, and filters by state and text', async () => {
    const world = await seeded()
    const { api } = world
    await leave(world, 'Tomas', 3)
    await leave(world, 'Mara', 9)
    const names = async (input: Parameters<typeof api.leavers.list>[0] = {}): Promise<string[]> =>
      (await api.leavers.list(input)).rows.map((row) => row.name)
    expect(await names()).toEqual(['Mara Lindqvist', 'Tomas Okafor'])
    expect(await names({ sort: { by: 'name', direction: 'desc' } })).toEqual(['Tomas Okafor', 'Mara Lindqvist'])
    expect(await names({ client: 'borealis' })).toEqual(['Mara Lindqvist'])
    expect(await names({ search: 'tom' })).toEqual(['Tomas Okafor'])
    expect(await names({ state: 'clear' })).toEqual([])
    expect(await names({ offset: 1, limit: 1 })).toEqual(['Tomas Okafor'])
    expect((await api.leavers.list({ limit: 0 })).total).toBe(2)
  })

  it('counts the hours while nothing else changes', async () => {
    const world = await seeded()
    await leave(world, 'Tomas')
    const hours = async (): Promise<number> => (await world.api.leavers.list({})).rows[0]?.hours ?? 0
    const before = await hours()
    world.clock.now += 5 * HOUR
    expect(await hours()).toBe(before + 5)
  })

  it('refuses a scope that does not exist, and reports a person who is not a leaver', async () => {
    const world = await seeded()
    const { api } = world
    const tomas = await leave(world, 'Tomas')
    expect(await refused(api.leavers.list({ client: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.leavers.get({ personId: tomas + 100 }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.leavers.get({ personId: tomas, client: 'borealis' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.leavers.report({ personId: tomas + 100 }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the remaining access of a leaver', () => {
  it('is added to the remediation list, each item, and marked as added', async () => {
    const world = await seeded()
    const { api } = world
    const personId = await leave(world, 'Tomas')
    const { items } = await api.leavers.get({ personId })
    expect(items.map((item) => `${item.kind} ${item.name}`)).toEqual([
      'account Tomas Okafor',
      'key dev-web-api',
      'role Chatbot',
      'shared-key prod-web-api',
    ])
    for (const { remediation } of items) {
      if (remediation !== null) await api.remediation.add({ ...remediation, origin: { kind: 'person', id: personId } })
    }
    const after = await api.leavers.get({ personId })
    for (const item of after.items) expect([item.name, item.listed !== null]).toEqual([item.name, true])
    const [first] = after.items
    await api.remediation.withdraw({ remediationId: first?.listed?.remediationId ?? 0 })
    expect((await api.leavers.get({ personId })).items[0]?.listed).toBeNull()
  })

  it('can still be added when the account is removed and their key and the shared one are active', async () => {
    const world = await seeded()
    const { api, connections, read } = world
    const personId = await leave(world, 'Tomas')
    read(
      connections.acme,
      acmeParts().map((part) => ({
        ...part,
        facts: part.facts.filter((fact) => !JSON.stringify(fact).includes('"u2"') || fact.type === 'key'),
      })),
    )
    const { row, items } = await api.leavers.get({ personId })
    expect(row).toMatchObject({ accounts: 0, keys: 1, sharedKeys: 1, state: 'holds' })
    for (const { remediation } of items) {
      if (remediation !== null) await api.remediation.add({ ...remediation, origin: { kind: 'person', id: personId } })
    }
    expect((await api.remediation.list({})).total).toBe(2)
  })
})

describe('impact and recommendations', () => {
  it('refuse what is not in the register, or not in scope', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    expect((await api.impact.get({ kind: 'key', id, client: 'acme' })).subject.name).toBe('prod-web-api')
    expect(await refused(api.impact.get({ kind: 'key', id, client: 'borealis' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.impact.markdown({ kind: 'project', id: 999 }))).toMatchObject({ code: 'NOT_FOUND' })
    for (const rowKey of ['', 'member-unused-1', 'nonsense', 'project-role-x'])
      expect(await refused(api.recommendations.get({ rowKey }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('return one recommendation by its key, the same as in the list, and of one client alone', async () => {
    const { api } = await newSampleService()
    const { rows } = await api.recommendations.list({})
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows.slice(0, 3)) expect(await api.recommendations.get({ rowKey: row.rowKey })).toEqual(row)
    const clients = [...new Set(rows.map((row) => row.client.slug))]
    let sum = 0
    for (const client of clients) {
      const own = await api.recommendations.list({ client })
      expect(new Set(own.rows.map((row) => row.client.slug))).toEqual(new Set([client]))
      expect(own.silent.every((each) => each.client.slug === client)).toBe(true)
      sum += own.total
    }
    expect(sum).toBe(rows.length)
  })
})
