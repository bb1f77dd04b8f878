import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { levelRank } from '../../../../shared/domain/role.ts'
import { newSampleService } from '../../../sample-profile.ts'

/** Everything that the sample’s tables contain about who reaches a key, read without the statements of the product. */
const REACH = `
  SELECT k.id AS keyId, e.principal_id AS principal FROM key k
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  JOIN grant_row e ON CASE WHEN v.project_id IS NULL
    THEN e.connection_id = k.connection_id AND e.project_id IS NULL AND e.level IN ('owner', 'admin')
    ELSE e.project_id = v.project_id AND e.level NOT IN ('reader', 'billing') END
  JOIN principal p ON p.id = e.principal_id AND p.kind IN ('user', 'service-account') WHERE k.standing = 1`

describe('the filters of keys', () => {
  it('take one value as before, or several of which any matches', async () => {
    const { api } = await newSampleService()
    const count = async (filter: Parameters<typeof api.keys.list>[0]) => (await api.keys.list(filter)).total
    const production = await count({ environment: 'production' })
    const staging = await count({ environment: 'staging' })
    expect(production * staging).toBeGreaterThan(0)
    expect(await count({ environment: ['production'] })).toBe(production)
    expect(await count({ environment: ['production', 'staging'] })).toBe(production + staging)
    const overdue = await count({ rotation: 'overdue' })
    expect(await count({ rotation: ['overdue', 'due'] })).toBe(overdue + (await count({ rotation: 'due' })))
    expect(await count({ flag: ['never', 'unused'] })).toBeLessThanOrEqual(
      (await count({ flag: 'never' })) + (await count({ flag: 'unused' })),
    )
    expect(await count({ status: ['active', 'inactive', 'archived', 'expired'] })).toBe(await count({}))
  })

  it('find the keys that are due in a span of days, its ends included', async () => {
    const { api } = await newSampleService()
    const { rows } = await api.keys.list({ limit: 500 })
    const days = rows.flatMap(({ rotation: { dueOn } }) => (dueOn === null ? [] : [dueOn])).toSorted()
    const dueFrom = days[40] ?? ''
    const dueUntil = days[90] ?? ''
    const due = rows.filter(({ rotation: { dueOn } }) => dueOn !== null && dueOn >= dueFrom && dueOn <= dueUntil)
    const found = await api.keys.list({ dueFrom, dueUntil, limit: 500 })
    expect(new Set(found.rows.map(({ keyId }) => keyId))).toEqual(new Set(due.map(({ keyId }) => keyId)))
    expect(found.total).toBe(due.length)
    expect(found.total).toBeGreaterThan(50)
  })

  it('count each value among the keys that the other filters find, and account for each key once', async () => {
    const { api } = await newSampleService()
    const { total } = await api.keys.list({})
    for (const by of ['kind', 'status', 'account', 'rotation'] as const) {
      const counts = await api.keys.counts({ filter: {}, by })
      expect([by, counts.reduce((sum, { count }) => sum + count, 0)]).toEqual([by, total])
      for (const { value, count } of counts) {
        expect([by, value, (await api.keys.list({ [by]: value })).total]).toEqual([by, value, count])
      }
    }
    const client = { client: 'quillmarsh-mutual' }
    const chosen = await api.keys.counts({ filter: { ...client, environment: 'production' }, by: 'environment' })
    expect(chosen).toEqual(await api.keys.counts({ filter: client, by: 'environment' }))
  })
})

describe('who can use a key', () => {
  it('is each account that reaches it by any path, and its owner', async () => {
    const service = await newSampleService()
    const { api } = service
    const reach = makeRegister(service.context).reader.all<{ keyId: number; principal: number }>(REACH)
    const expected = Map.groupBy(reach, (row) => row.keyId)
    const { rows } = await api.keys.list({ client: 'quillmarsh-mutual', environment: 'production', limit: 500 })
    expect(rows.length).toBeGreaterThan(10)
    for (const { keyId } of rows) {
      const users = await api.keys.users({ keyId })
      const reached = users.filter((user) => user.roles.length > 0).map((user) => user.principal.id)
      const known = new Set((expected.get(keyId) ?? []).map((row) => row.principal))
      expect([keyId, new Set(reached)]).toEqual([keyId, known])
      expect(users.filter((user) => user.owner).length).toBeLessThanOrEqual(1)
      // The first role is the one that the list shows beside the name.
      for (const { roles } of users) {
        const ranks = roles.map(({ level }) => levelRank(level))
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      }
    }
  })

  it('are the accounts that the access to the keys of an environment lists', async () => {
    const { api } = await newSampleService()
    const filter = { client: 'quillmarsh-mutual', environment: 'production' }
    const { rows: keys } = await api.keys.list({ ...filter, limit: 500 })
    const users = await Promise.all(keys.map(({ keyId }) => api.keys.users({ keyId })))
    const byKey = new Set(users.flat().flatMap((user) => (user.roles.length > 0 ? [user.principal.id] : [])))
    const { rows: grants } = await api.access.list({ ...filter, kind: ['user', 'service-account'], limit: 500 })
    const byGrant = new Set(
      grants.filter(({ level }) => level !== 'reader' && level !== 'billing').map(({ principal }) => principal.id),
    )
    expect(byGrant).toEqual(byKey)
  })
})
