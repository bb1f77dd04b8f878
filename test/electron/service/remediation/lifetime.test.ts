import { describe, expect, it } from 'vitest'

import { followed } from '../fakes.ts'
import { preview, sent, isRequested, world, type World } from './world.ts'

const DAY_SECONDS = 86_400

/** Northfold with `key_p1` under a name that marks it as used in production, and more. */
async function inProduction(more: object = {}): Promise<World> {
  const it = await world()
  const [project] = it.organization.projects.filter(({ row }) => row.id === 'proj_acme')
  if (project === undefined) throw new Error('Northfold has no such project.')
  project.keys = project.keys.map((key) =>
    (key as { id: string }).id === 'key_p1' ? { ...(key as object), name: 'prod-web-api', ...more } : key,
  )
  return it
}

async function read(it: World): Promise<void> {
  await it.api.sync.start({})
  await followed(it.api)
}

describe('the expiry of a key that a remediation makes', () => {
  it('is under the ceiling where the policy requires production keys to expire, is shown before, and leaves no finding', async () => {
    const it = await inProduction()
    await it.api.policy.set({ values: { productionKeysExpire: true, ceilingDays: 200 } })
    await read(it)
    expect((await it.api.findings.list({ rule: 'key-production-no-expiry' })).total).toBe(1)
    const row = await isRequested(it.service, 'key-rotate', 'prod-web-api')
    const { remediations } = await preview(it.service, row)
    expect(JSON.parse(remediations[0]?.calls[0]?.body ?? '')).toEqual({
      name: 'prod-web-api',
      expires_in_seconds: 199 * DAY_SECONDS,
    })
    expect(remediations[0]?.calls[0]?.says).toContain('It expires after 199 days.')
    await sent(it.service, row)
    await followed(it.api)
    const { rows } = await it.api.keys.list({ search: 'prod-web-api' })
    const made = rows.find(({ keyId }) => keyId !== row.subject.id)
    expect(made?.expiresAt).not.toBeNull()
    const found = (await it.api.findings.list({ limit: 500 })).rows.filter(
      ({ rule, subject }) => /^key-.*expiry/u.test(rule.id) && subject.kind === 'key' && subject.id === made?.keyId,
    )
    expect(found).toEqual([])
  })

  it('is that of the key that it replaces, whatever the policy requires', async () => {
    const it = await inProduction({ expires_at: 1_740_100_000 + 1000 * DAY_SECONDS })
    await read(it)
    const { remediations } = await preview(it.service, await isRequested(it.service, 'key-rotate', 'prod-web-api'))
    // Under the ceiling of 365 days.
    expect(JSON.parse(remediations[0]?.calls[0]?.body ?? '')).toMatchObject({ expires_in_seconds: 364 * DAY_SECONDS })
  })

  it('does not exist where nothing requires one, and the preview shows that', async () => {
    const it = await inProduction()
    await read(it)
    const { remediations } = await preview(it.service, await isRequested(it.service, 'key-rotate', 'prod-web-api'))
    expect(JSON.parse(remediations[0]?.calls[0]?.body ?? '')).toEqual({ name: 'prod-web-api' })
    expect(remediations[0]?.calls[0]?.says).toContain('It does not expire.')
  })
})
