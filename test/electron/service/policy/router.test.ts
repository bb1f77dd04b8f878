import { describe, expect, it } from 'vitest'

import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'
import { keyId, refused, seeded } from '../seeded.ts'

type Api = Awaited<ReturnType<typeof seeded>>['api']

const dueDays = async (api: Api): Promise<Record<string, string | null>> =>
  Object.fromEntries((await api.keys.list({})).rows.map((row) => [row.name, row.rotation.dueOn]))

describe('the policy', () => {
  it('is the defaults until a person changes it', async () => {
    const { api } = await seeded()
    expect(await api.policy.get({})).toMatchObject({
      policy: DEFAULT_POLICY,
      override: null,
      effective: DEFAULT_POLICY,
    })
    expect(await api.policy.get({ client: 'acme' })).toMatchObject({ override: null, effective: DEFAULT_POLICY })
  })

  it('of the agency holds for every client, field by field, and recomputes due days', async () => {
    const { api } = await seeded()
    await api.policy.set({ values: { productionKeyDays: 30 } })
    await api.policy.set({ values: { otherKeyDays: 10 } })
    expect((await api.policy.get({ client: 'acme' })).effective).toMatchObject({
      productionKeyDays: 30,
      otherKeyDays: 10,
      adminKeyDays: 90,
    })
    expect(await dueDays(api)).toEqual({
      'prod-search-index': '2025-12-31',
      'prod-web-api': '2026-02-10',
      'dev-web-api': '2026-03-11',
    })
    await api.policy.set({ values: null })
    expect((await api.policy.get({})).policy).toEqual(DEFAULT_POLICY)
    expect(await dueDays(api)).toEqual({
      'prod-search-index': '2026-03-01',
      'prod-web-api': '2026-04-11',
      'dev-web-api': '2026-08-28',
    })
  })

  it('names rules whose findings are not counted, and refuses a rule that does not exist', async () => {
    const { api } = await seeded()
    const [rule = ''] = (await api.findings.list({})).rows.map((row) => row.rule.id)
    await api.policy.set({ client: 'acme', values: { quietRules: [rule] } })
    expect((await api.findings.list({ client: 'acme' })).rows.map((row) => row.rule.id)).not.toContain(rule)
    expect((await api.findings.list({ client: 'acme', rule })).rows).toMatchObject([{ quiet: true }])
    expect(await refused(api.policy.set({ values: { quietRules: ['no-such-rule'] } }))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('no-such-rule') as string,
    })
  })

  it('of a client overrides the agency’s where it is set, for that client alone', async () => {
    const { api } = await seeded()
    await api.policy.set({ values: { productionKeyDays: 30 } })
    const { effective } = await api.policy.set({ client: 'acme', values: { productionKeyDays: 60, ceilingDays: 50 } })
    expect(effective).toMatchObject({ productionKeyDays: 60, ceilingDays: 50 })
    expect(await api.policy.get({ client: 'acme' })).toMatchObject({
      override: { productionKeyDays: 60, ceilingDays: 50 },
    })
    expect((await api.policy.get({ client: 'borealis' })).effective).toMatchObject({
      productionKeyDays: 30,
      ceilingDays: 365,
    })
    expect(await dueDays(api)).toEqual({
      'prod-search-index': '2025-12-31',
      'prod-web-api': '2026-03-02',
      'dev-web-api': '2026-04-20',
    })
    await api.policy.set({ client: 'acme', values: { adminKeyDays: 5 } })
    expect((await api.policy.get({ client: 'acme' })).override).toEqual({ adminKeyDays: 5 })
    await api.policy.set({ client: 'acme', values: null })
    expect(await api.policy.get({ client: 'acme' })).toMatchObject({ override: null })
    expect((await dueDays(api))['prod-web-api']).toBe('2026-02-10')
    expect((await refused(api.policy.set({ client: 'nobody', values: null }))).code).toBe('NOT_FOUND')
  })

  it('sets how names are read, and they are read again when it changes', async () => {
    const { api } = await seeded()
    await api.policy.set({ client: 'acme', values: { keyNamePattern: '{team}-{environment}-{purpose}' } })
    const { row } = await api.keys.get({ keyId: await keyId(api, 'prod-web-api') })
    // The pattern accepts `web` as the environment; a name that contains a known one is of that.
    expect(row).toMatchObject({ team: 'prod', environment: 'production', purpose: 'api' })
    expect((await api.keys.get({ keyId: await keyId(api, 'prod-search-index') })).row.environment).toBe('production')
    const said = await refused(api.policy.set({ values: { keyNamePattern: '{environment}{team}' } }))
    expect(said).toMatchObject({ code: 'INVALID', data: { field: 'keyNamePattern' } })
    expect((await api.policy.get({})).policy.keyNamePattern).toBe(DEFAULT_POLICY.keyNamePattern)
  })

  it('refuses impossible numbers of days', async () => {
    const { api } = await seeded()
    for (const values of [
      { adminKeyDays: 0 },
      { ceilingDays: 4000 },
      { leadDays: [] },
      { leadDays: [-1] },
      { overdueEveryDays: 0 },
      { otherKeyDays: 1.5 },
    ]) {
      await expect(api.policy.set({ values })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    }
  })
})
