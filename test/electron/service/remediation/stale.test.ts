import { describe, expect, it } from 'vitest'

import { NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { nothingSent, preview, isRequested, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'

/** What changes between the preview and the run, and the word that names it. */
const CHANGES: readonly (readonly [what: string, change: (it: World) => Promise<unknown>, names: RegExp])[] = [
  [
    'the role of the member',
    async ({ organization, api }) => {
      organization.users = organization.users.map((row) =>
        (row as { id: string }).id === 'user-b2' ? { ...(row as object), role: 'owner' } : row,
      )
      await synced(api)
    },
    /tomas@client-acme\.example: .*role/u,
  ],
  [
    'that the member is there',
    async ({ organization, api }) => {
      organization.users = organization.users.filter((row) => (row as { id: string }).id !== 'user-b2')
      organization.groups = []
      for (const project of organization.projects) {
        project.users = []
        project.groups = []
      }
      await synced(api)
    },
    /presence/u,
  ],
  [
    'the roles in projects',
    async ({ organization, api }) => {
      for (const project of organization.projects) project.users = []
      await synced(api)
    },
    /roles/u,
  ],
  [
    'the address of the connection',
    ({ api, connection, server }) => api.connection.update({ id: connection, baseUrl: `${server.baseUrl}/other` }),
    /address of the connection.*the request/u,
  ],
  [
    'the access of the connection',
    ({ api, connection }) => api.connection.update({ id: connection, access: 'read-only' }),
    /access of the connection/u,
  ],
  [
    'the credential',
    ({ api, connection, clock }) => {
      clock.now += 1
      return api.connection.setCredential({ id: connection, credential: NORTHFOLD_CREDENTIAL })
    },
    /credential/u,
  ],
]

describe('a preview is stale', () => {
  it.each(CHANGES)('once %s changed', async (_, change, names) => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    await change(it)
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/^Changed since the preview/u)
    expect(error.message).toMatch(names)
    expect(it.actions()).toEqual(['remediation.added'])
  })

  it('not because something else changed', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    it.organization.invites = []
    await synced(it.api)
    await it.api.settings.set({ operator: 'Another Operator' })
    expect(await it.api.remediation.run({ token, confirm })).toMatchObject({ stopped: null })
  })

  it('once it was sent: a token works one time', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    await it.api.remediation.run({ token, confirm })
    const error = await nothingSent(it, () => it.api.remediation.run({ token, confirm }))
    expect(error.message).toMatch(/sent only once/u)
    expect(it.writes()).toHaveLength(1)
  })

  it('not for two together: one of them sends', async () => {
    const it = await world({ latencyMs: 20 })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { token, confirm } = await preview(it.service, row)
    const both = await Promise.allSettled([
      it.api.remediation.run({ token, confirm }),
      it.api.remediation.run({ token, confirm }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(it.writes()).toHaveLength(1)
  })
})
