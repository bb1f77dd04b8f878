import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { streamDue } from '../../../../electron/service/rotation/due-rows.ts'
import { key } from '../../register/registers.ts'
import { acmeParts, DAY, keyId, NOON, refused, seeded } from '../seeded.ts'

const journalled = (service: Awaited<ReturnType<typeof seeded>>['service']): { action: string; body: unknown }[] =>
  makeRegister(service.context)
    .reader.all<{ action: string; body: string }>(
      "SELECT action, body FROM journal WHERE action LIKE 'key.%' ORDER BY seq",
    )
    .map(({ action, body }) => ({ action, body: JSON.parse(body) as unknown }))

describe('marking a key as rotated', () => {
  it('moves its due day, is recorded with its reason, and can be reverted', async () => {
    const { api, service } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    const { rotationId, key: row } = await api.rotation.mark({
      keyId: id,
      trigger: 'leaver',
      rotatedOn: '2026-03-20',
      note: ' Tomas left ',
    })
    expect(row.rotation).toMatchObject({
      dueOn: '2026-06-18',
      basis: 'production-policy',
      lastRotatedOn: '2026-03-20',
      state: 'ok',
    })
    expect(await api.rotation.history({ keyId: id })).toMatchObject([
      {
        id: rotationId,
        trigger: 'leaver',
        rotatedOn: '2026-03-20',
        recognized: false,
        note: 'Tomas left',
        undoneAt: null,
      },
    ])
    const undone = await api.rotation.undo({ rotationId })
    expect(undone.key.rotation).toMatchObject({ dueOn: '2026-04-11', lastRotatedOn: null })
    expect(await api.rotation.undo({ rotationId })).toEqual(undone)
    expect((await api.rotation.history({ keyId: id }))[0]?.undoneAt).not.toBeNull()
    expect(journalled(service)).toMatchObject([
      { action: 'key.rotated', body: { trigger: 'leaver', rotatedOn: '2026-03-20', note: 'Tomas left', key: 'key_1' } },
      { action: 'key.rotation-undone', body: { rotation: rotationId, key: 'key_1' } },
    ])
  })

  it('is of today by default, never of a future day', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    expect(await refused(api.rotation.mark({ keyId: id, rotatedOn: '2026-04-02' }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'rotatedOn' },
    })
    await expect(api.rotation.mark({ keyId: id, rotatedOn: '2026-02-30' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect((await api.rotation.mark({ keyId: id })).key.rotation.lastRotatedOn).toBe('2026-04-01')
  })

  it('of an admin key needs a reason, of another key none', async () => {
    const { api, read, connections } = await seeded()
    read(connections.acme, [{ source: 'admin-keys', facts: [key('admin_1', { name: 'ops', kind: 'admin' })] }])
    const keyId = (await api.keys.list({ kind: 'admin' })).rows[0]?.keyId ?? 0
    for (const ask of [api.rotation.mark({ keyId }), api.rotation.markMany({ keys: [keyId] })]) {
      expect(await refused(ask)).toMatchObject({
        code: 'INVALID',
        message: 'ops is an admin key, and the reason is missing.',
        data: { field: 'note', hint: 'Give the reason, such as a ticket. In a terminal: --note TEXT.' },
      })
    }
    expect((await api.rotation.mark({ keyId, note: 'Ticket 12' })).key.rotation.lastRotatedOn).toBe('2026-04-01')
  })

  it('counts from the latest of several, and from the one before when that is reverted', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    const late = await api.rotation.mark({ keyId: id, rotatedOn: '2026-03-30' })
    const early = await api.rotation.mark({ keyId: id, rotatedOn: '2026-02-02' })
    expect(early.key.rotation.lastRotatedOn).toBe('2026-03-30')
    expect((await api.rotation.undo({ rotationId: late.rotationId })).key.rotation.lastRotatedOn).toBe('2026-02-02')
  })

  it('of a key that was removed is refused, as is one that never existed', async () => {
    const { api, read, connections } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    read(
      connections.acme,
      acmeParts().map((part) => (part.source === 'project-keys' ? { ...part, facts: part.facts.slice(1) } : part)),
    )
    const said = await refused(api.rotation.mark({ keyId: id }))
    expect(said).toMatchObject({ code: 'CONFLICT', message: 'prod-web-api was removed at the provider.' })
    for (const ask of [
      () => api.rotation.mark({ keyId: 999 }),
      () => api.rotation.set({ keyId: 999, contact: 'x' }),
      () => api.rotation.snooze({ keyId: 999, until: null }),
      () => api.rotation.history({ keyId: 999 }),
      () => api.rotation.undo({ rotationId: 999 }),
      () => api.keys.get({ keyId: 999 }),
    ]) {
      expect((await refused(ask())).code).toBe('NOT_FOUND')
    }
  })

  it('satisfies a day that was set for the key, and restores it when it is reverted', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.set({ keyId: id, dueOn: '2026-03-15' })
    const marked = await api.rotation.mark({ keyId: id })
    expect(marked.key.rotation).toMatchObject({ dueOn: '2026-06-30', basis: 'production-policy' })
    expect((await api.keys.get({ keyId: id })).logicalKey.dueOn).toBeNull()
    const undone = await api.rotation.undo({ rotationId: marked.rotationId })
    expect(undone.key.rotation).toMatchObject({ dueOn: '2026-03-15', basis: 'date', state: 'overdue' })
  })

  it('leaves a day that was set since, and one that an earlier rotation cannot have satisfied', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.set({ keyId: id, dueOn: '2026-03-15' })
    const { rotationId } = await api.rotation.mark({ keyId: id, rotatedOn: '2026-03-14' })
    await api.rotation.set({ keyId: id, dueOn: '2026-05-05' })
    expect((await api.rotation.mark({ keyId: id, rotatedOn: '2026-02-01' })).key.rotation.dueOn).toBe('2026-05-05')
    expect((await api.rotation.undo({ rotationId })).key.rotation.dueOn).toBe('2026-05-05')
  })
})

describe('what a key is for', () => {
  it('is read from its name, changed by a person, and reset to the name', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'dev-web-api')
    expect((await api.keys.get({ keyId: id })).row).toMatchObject({
      environment: 'development',
      team: 'web',
      purpose: 'api',
      contact: null,
    })
    const changed = await api.rotation.set({ keyId: id, environment: 'prod', purpose: 'checkout', contact: 'Mara' })
    expect(changed).toMatchObject({ environment: 'prod', team: 'web', purpose: 'checkout', contact: 'Mara' })
    expect(changed.rotation).toMatchObject({ basis: 'production-policy', dueOn: '2026-05-30' })
    expect((await api.search.find({ query: 'checkout' })).rows.map(({ kind }) => kind)).toEqual(['key'])
    expect((await api.rotation.due({ contact: 'Mara' })).rows.map(({ name }) => name)).toEqual(['dev-web-api'])
    const back = await api.rotation.set({ keyId: id, environment: null, purpose: null, contact: null })
    expect(back).toMatchObject({ environment: 'development', purpose: 'api', contact: null })
    expect(back.rotation).toMatchObject({ basis: 'other-policy', dueOn: '2026-08-28' })
    expect((await api.search.find({ query: 'checkout' })).rows).toEqual([])
  })

  it('includes an interval and a day of its own, bounded by the ceiling, and leaves what is not named', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'dev-web-api')
    expect((await api.rotation.set({ keyId: id, intervalDays: 30, notes: 'x' })).rotation).toMatchObject({
      dueOn: '2026-03-31',
      basis: 'key-interval',
      state: 'overdue',
    })
    expect((await api.rotation.set({ keyId: id, intervalDays: 3000 })).rotation).toMatchObject({
      dueOn: '2027-03-01',
      basis: 'ceiling',
    })
    expect((await api.rotation.set({ keyId: id, dueOn: '2026-04-01' })).rotation).toMatchObject({
      dueOn: '2026-04-01',
      basis: 'date',
      state: 'due',
      daysLeft: 0,
    })
    expect((await api.keys.get({ keyId: id })).logicalKey).toMatchObject({ intervalDays: 3000, notes: 'x' })
    await expect(api.rotation.set({ keyId: id, dueOn: '2026-13-01' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(api.rotation.set({ keyId: id, intervalDays: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('survives rotation: the successor that a sync shows has its contact, interval and history', async () => {
    const { api, read, connections, clock } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.set({ keyId: id, contact: 'Mara', intervalDays: 60 })
    clock.now += DAY
    const successor = key('key_3', { name: 'prod-web-api-v2', createdAt: NOON })
    read(
      connections.acme,
      acmeParts().map((part) =>
        part.source === 'project-keys' ? { ...part, facts: [...part.facts, successor] } : part,
      ),
    )
    const next = await api.keys.get({ keyId: await keyId(api, 'prod-web-api-v2') })
    expect(next.row).toMatchObject({
      contact: 'Mara',
      rotation: { dueOn: '2026-05-31', basis: 'key-interval', lastRotatedOn: '2026-04-01' },
    })
    expect(next.versions.map(({ name, removed }) => [name, removed])).toEqual([
      ['prod-web-api-v2', false],
      ['prod-web-api', false],
    ])
    expect(next.rotations).toMatchObject([
      { recognized: true, trigger: 'scheduled', rotatedOn: '2026-04-01', keyName: 'prod-web-api-v2' },
    ])
  })
})

describe('what is due', () => {
  it('is listed earliest first, within days when requested, in scope, any slice of it', async () => {
    const { api } = await seeded()
    const all = await api.rotation.due({})
    expect(all.rows.map(({ name }) => name)).toEqual(['prod-search-index', 'prod-web-api', 'dev-web-api'])
    expect((await api.rotation.due({ within: 10 })).rows.map(({ name }) => name)).toEqual([
      'prod-search-index',
      'prod-web-api',
    ])
    expect((await api.rotation.due({ within: 9 })).total).toBe(1)
    expect((await api.rotation.due({ client: 'acme', within: 3650 })).total).toBe(2)
    expect(await api.rotation.due({ offset: 1, limit: 1 })).toEqual({ total: 3, rows: all.rows.slice(1, 2) })
    expect((await api.rotation.due({ offset: 9 })).rows).toEqual([])
    expect((await refused(api.rotation.due({ client: 'nobody' }))).code).toBe('NOT_FOUND')
  })

  it('is the same as JSON', async () => {
    const { api } = await seeded()
    await api.rotation.snooze({ keyId: await keyId(api, 'prod-web-api'), until: '2026-04-09' })
    for (const query of [{}, { within: 10 }, { client: 'acme' }, { offset: 1, limit: 1 }]) {
      const { rows } = await api.rotation.due(query)
      const reported = await api.rotation.dueJson(query)
      const objects = JSON.parse(`[${new TextDecoder().decode(reported.json)}]`) as Record<string, unknown>[]
      expect(reported.rows).toBe(rows.length)
      expect(objects).toMatchObject(
        rows.map((row) => ({
          keyId: row.keyId,
          name: row.name,
          client: row.client.slug,
          dueOn: row.rotation.dueOn,
          rotation: row.rotation.state,
          daysLeft: row.rotation.daysLeft,
          dueBasis: row.rotation.basis,
          environment: row.environment,
          contact: row.contact,
          snoozedUntil: row.rotation.snoozedUntil,
        })),
      )
    }
  })

  it('is shown by day and client, with names and counts, for a calendar of up to 400 days', async () => {
    const { api } = await seeded()
    const days = await api.rotation.calendar({ from: '2026-03-01', until: '2026-12-31' })
    // The truth from the whole list of keys.
    const { rows } = await api.keys.list({ limit: 500 })
    const dated = rows.filter(({ rotation: { dueOn } }) => dueOn !== null && dueOn >= '2026-03-01')
    expect(
      days.map(({ on, client, state, count, keys }) => [on, client.slug, state, count, keys.map(({ name }) => name)]),
    ).toEqual(
      dated
        .toSorted((a, b) => ((a.rotation.dueOn ?? '') < (b.rotation.dueOn ?? '') ? -1 : 1))
        .map(({ rotation: { dueOn, state }, client, name }) => [dueOn, client.slug, state, 1, [name]]),
    )
    expect(days.map(({ on, state, count }) => ({ on, state, count }))).toEqual([
      { on: '2026-03-01', state: 'overdue', count: 1 },
      { on: '2026-04-11', state: 'due', count: 1 },
      { on: '2026-08-28', state: 'ok', count: 1 },
    ])
    const named = days[0]?.keys[0]
    expect(
      (await api.rotation.calendar({ from: '2026-03-01', until: '2026-12-31', search: named?.name ?? '' })).map(
        ({ on }) => on,
      ),
    ).toEqual(['2026-03-01'])
    expect(await api.rotation.calendar({ client: 'borealis', from: '2026-03-02', until: '2026-12-31' })).toEqual([])
    // Each client counts by its own lead time.
    await api.policy.set({ client: 'acme', values: { leadDays: [200] } })
    expect(
      (await api.rotation.calendar({ from: '2026-04-02', until: '2026-12-31' })).map(({ state }) => state),
    ).toEqual(['due', 'due'])
    for (const [from, until] of [
      ['2026-04-02', '2026-04-01'],
      ['2026-01-01', '2027-03-01'],
    ] as const) {
      expect((await refused(api.rotation.calendar({ from, until }))).code).toBe('INVALID')
    }
  })
})

describe('the keys that are due', () => {
  it('are narrowed by what a list of keys is, as rows, as JSON and for a table, in the same order', async () => {
    const { api, service } = await seeded()
    const all = (await api.rotation.due({})).rows
    const json = async (filter: object): Promise<readonly unknown[]> => {
      const { json: bytes } = await api.rotation.dueJson(filter)
      return (JSON.parse(`[${new TextDecoder().decode(bytes)}]`) as { keyId: number }[]).map(({ keyId }) => keyId)
    }
    for (const filter of [
      {},
      { search: 'web' },
      { environment: ['production'] },
      { dueUntil: '2026-04-11' },
      { kind: 'admin' },
      { search: 'no such key' },
    ] as const) {
      const matching = new Set((await api.keys.list({ ...filter, limit: 500 })).rows.map((row) => row.keyId))
      const expected = all.filter((row) => matching.has(row.keyId)).map((row) => row.keyId)
      const found = await api.rotation.due(filter)
      expect(found.rows.map((row) => row.keyId)).toEqual(expected)
      expect(found.total).toBe(expected.length)
      expect(await json(filter)).toEqual(expected)
      expect(found.rows).toMatchObject([...streamDue(service.context, filter)])
    }
    for (const input of [{ client: 'nobody' }, { within: -1 }]) {
      const thrown = await api.rotation.due(input).catch((error: unknown) => error)
      expect(thrown).toMatchObject({ code: 'client' in input ? 'NOT_FOUND' : 'BAD_REQUEST' })
      expect(() => [...streamDue(service.context, input)]).toThrow(thrown instanceof Error ? thrown.message : '')
    }
    expect((await api.rotation.due({ environment: ['production'] })).total).toBeGreaterThan(0)
    expect((await api.rotation.due({ environment: ['production'] })).total).toBeLessThan(all.length)
  })
})

describe('marking a key as a decoy', () => {
  it('is shown with the reason, stays since the first mark, and is recorded', async () => {
    const { api, service, clock } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    const marked = await api.rotation.setDecoy({ keyId: id, decoy: true, reason: ' In the wiki ' })
    expect([marked.decoySince, marked.decoyReason]).toEqual([NOON, 'In the wiki'])
    clock.now += DAY
    const again = await api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the mailbox' })
    expect([again.decoySince, again.decoyReason]).toEqual([NOON, 'In the mailbox'])
    expect((await api.keys.list({ flag: 'decoy' })).rows.map(({ name }) => name)).toEqual(['prod-web-api'])
    const cleared = await api.rotation.setDecoy({ keyId: id, decoy: false, reason: 'Removed' })
    expect([cleared.decoySince, cleared.decoyReason]).toEqual([null, null])
    expect((await api.keys.list({ flag: 'decoy' })).rows).toEqual([])
    expect(journalled(service)).toMatchObject([
      { action: 'key.decoy', body: { decoy: true, reason: 'In the wiki', key: 'key_1', firstKey: 'key_1' } },
      { action: 'key.decoy', body: { decoy: true, reason: 'In the mailbox', since: NOON } },
      { action: 'key.decoy', body: { decoy: false, reason: 'Removed' } },
    ])
  })

  it('keeps the time of the mark when its removal is undone, by the window and by the audit log', async () => {
    const { api, clock } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    const undoLast = async () => {
      const { rows } = await api.journal.list({ limit: 1 })
      return api.journal.undo({ entry: rows[0]?.entry ?? 0 })
    }
    const remove = () => api.rotation.setDecoy({ keyId: id, decoy: false, reason: 'Removed' })
    await api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the wiki' })
    clock.now += DAY
    await api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the mailbox' })
    for (const undo of [
      () => api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the mailbox', since: NOON }),
      undoLast,
      undoLast,
    ]) {
      clock.now += DAY
      await remove()
      clock.now += DAY
      await undo()
      const { row } = await api.keys.get({ keyId: id })
      expect([row.decoySince, row.decoyReason]).toEqual([NOON, 'In the mailbox'])
    }
    // No later time hides a use after the first mark.
    const later = await api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the mailbox', since: clock.now })
    expect(later.decoySince).toBe(NOON)
    const thrown = await refused(api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'x', since: clock.now + 1 }))
    expect(thrown).toMatchObject({ code: 'INVALID', data: { field: 'since' } })
  })

  it('is refused for a key that was removed and for one that a tool uses, whose mark can still be removed', async () => {
    const { api, service } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    const set = (sql: string): unknown => makeRegister(service.context).transact((writer) => writer.run(sql, [id]))
    const mark = () => api.rotation.setDecoy({ keyId: id, decoy: true, reason: 'In the wiki' })
    set("UPDATE key SET tool = 'Claude Code' WHERE id = ?")
    expect(await refused(mark())).toMatchObject({ code: 'CONFLICT' })
    set('UPDATE key SET tool = NULL WHERE id = ?')
    await mark()
    set('UPDATE key SET standing = 0 WHERE id = ?')
    expect(await refused(mark())).toMatchObject({ code: 'CONFLICT' })
    expect((await api.rotation.setDecoy({ keyId: id, decoy: false })).decoySince).toBe(null)
  })

  it('needs a reason', async () => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    expect(await refused(api.rotation.setDecoy({ keyId: id, decoy: true, reason: ' ' }))).toMatchObject({
      code: 'INVALID',
      data: { field: 'reason' },
    })
  })
})
