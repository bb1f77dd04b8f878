import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { key } from '../../register/registers.ts'
import { DAY, keyId, NOON, refused, seeded } from '../seeded.ts'

async function twoKeys() {
  const all = await seeded()
  const { rows } = await all.api.keys.list({ client: 'acme' })
  return { ...all, ids: rows.map((row) => row.keyId) }
}

describe('a batch of keys', () => {
  it('is marked rotated in one transaction and undone together', async () => {
    const { api, ids, service } = await twoKeys()
    const before = await api.keys.list({ client: 'acme' })
    const { rotations } = await api.rotation.markMany({ keys: ids, rotatedOn: '2026-03-20', note: 'Ticket 12' })
    expect(rotations).toHaveLength(ids.length)
    const { rows } = await api.keys.list({ client: 'acme' })
    expect(rows.map((row) => row.rotation.lastRotatedOn)).toEqual(ids.map(() => '2026-03-20'))
    const written = makeRegister(service.context).reader.column("SELECT at FROM journal WHERE action = 'key.rotated'")
    expect(written).toHaveLength(ids.length)
    expect(new Set(written).size).toBe(1)
    expect(await api.rotation.undoMany({ rotations })).toEqual({ undone: ids.length })
    expect((await api.keys.list({ client: 'acme' })).rows).toEqual(before.rows)
    expect(await api.rotation.undoMany({ rotations })).toEqual({ undone: 0 })
  })

  it('is not marked at all when one key does not exist or the day is in the future', async () => {
    const { api, ids } = await twoKeys()
    expect(await refused(api.rotation.markMany({ keys: [...ids, 9999] }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.rotation.markMany({ keys: ids, rotatedOn: '2027-01-01' }))).toMatchObject({
      code: 'INVALID',
    })
    const { rows } = await api.keys.list({ client: 'acme' })
    expect(rows.every((row) => row.rotation.lastRotatedOn === null)).toBe(true)
  })

  it('asks for a reason from two keys on, and for a typed word from ten on', async () => {
    const { api, ids, connections, read } = await twoKeys()
    expect(await refused(api.rotation.markMany({ keys: ids }))).toMatchObject({ code: 'INVALID' })
    const facts = Array.from({ length: 12 }, (_, n) =>
      key(`key_${n}`, { name: `key ${n}`, createdAt: NOON - 90 * DAY }),
    )
    read(connections.acme, [{ source: 'project-keys', project: 'proj_a', facts }])
    const { rows } = await api.keys.list({ client: 'acme' })
    const keys = rows.map(({ keyId: each }) => each)
    const asked = await refused(api.rotation.markMany({ keys, note: 'Ticket 12' }))
    expect(asked).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`${keys.length} keys`) })
    const confirm = `ROTATED ${keys.length}`
    const { rotations } = await api.rotation.markMany({ keys, note: 'Ticket 12', confirm })
    expect(rotations).toHaveLength(keys.length)
  })

  it('is not marked on a day before one of the keys was created', async () => {
    const { api, ids } = await twoKeys()
    for (const rotatedOn of ['2020-01-01', '2026-01-10']) {
      const mark = { rotatedOn, note: 'Ticket 12' }
      expect(await refused(api.rotation.markMany({ keys: ids, ...mark }))).toMatchObject({ code: 'INVALID' })
      expect(await refused(api.rotation.mark({ keyId: ids[0] ?? 0, ...mark }))).toMatchObject({
        code: 'INVALID',
        message: expect.stringMatching(/did not exist on .* it was created on /u),
      })
    }
  })

  it('gets a contact, an environment and a snooze, and the answer undoes it', async () => {
    const { api, ids } = await twoKeys()
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.set({ keyId: id, contact: 'Mara' })
    const before = (await api.keys.list({ client: 'acme' })).rows
    const answer = await api.rotation.setMany({
      changes: ids.map((keyId) => ({
        keyId,
        contact: 'Ines',
        environment: 'production',
        snoozedUntil: '2026-05-01',
      })),
    })
    const rows = (await api.keys.list({ client: 'acme', environment: 'production' })).rows
    expect(rows.map(({ contact, rotation }) => [contact, rotation.snoozedUntil])).toEqual(
      ids.map(() => ['Ines', '2026-05-01']),
    )
    await api.rotation.setMany({ changes: answer.before })
    expect((await api.keys.list({ client: 'acme' })).rows).toEqual(before)
  })

  it('is made due on a day, which may have passed when it is undone, and follows the policy again', async () => {
    const { api, ids, clock } = await twoKeys()
    const [own] = ids
    await api.rotation.set({ keyId: own ?? 0, dueOn: '2026-04-10' })
    const days = async () => (await api.keys.list({ client: 'acme' })).rows.map((row) => row.rotation.dueOn)
    const before = await days()
    const answer = await api.rotation.setMany({ changes: ids.map((keyId) => ({ keyId, dueOn: '2026-04-01' })) })
    expect(await days()).toEqual(ids.map(() => '2026-04-01'))
    clock.now += 30 * DAY
    await api.rotation.setMany({ changes: answer.before })
    expect(await days()).toEqual(before)
  })

  it('is limited to the client of the session', async () => {
    const { service, ids, api } = await twoKeys()
    const [other] = (await api.keys.list({ client: 'borealis' })).rows
    const limited = service.getApi('acme')
    await expect(limited.rotation.markMany({ keys: [...ids, other?.keyId ?? 0] })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })
})
