import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { connected, gathered, northfold, synced } from '../fakes.ts'
import { newService } from '../services.ts'

it('reads environment and team of a key from its logical key, else from its name, also of a key that only records name', async () => {
  const { api } = await newService()
  await connected(api, await northfold())
  await synced(api)
  const { rows: keys } = await api.keys.list({ search: 'prod-web' })
  const [held] = keys
  if (held === undefined) throw new Error('The fixture has no such key.')
  await api.policy.set({ client: 'northfold', values: { keyNamePattern: '{environment}-{team}' } })
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-keys-')), 'use.csv')
  writeFileSync(
    path,
    [
      'timestamp,request_id,api_key_id,cost',
      `2026-11-03,1,${held.externalId},1`,
      '2026-11-03,2,stg-pricing,2',
      '2026-11-03,3,pricing/staging,4',
      '2026-11-03,4,,8',
    ].join('\n'),
  )
  await gathered(await api.usage.import({ client: 'northfold', path }))
  const spent = async (by: 'environment' | 'team'): Promise<unknown> => {
    const { rows } = await api.usage.by({ month: '2026-11', by, source: 'claimed' })
    return Object.fromEntries(rows.map(({ name, cost }) => [name ?? '', cost / 1e6]))
  }
  // A word for an environment counts wherever it is in the name; a team only in its place in the pattern.
  expect(await spent('environment')).toEqual({ production: 1, staging: 6, '': 8 })
  expect(await spent('team')).toEqual({ web: 1, pricing: 2, '': 12 })
  // A team that was set manually has precedence over the name.
  await api.rotation.set({ keyId: held.keyId, team: 'Finance' })
  expect(await spent('team')).toEqual({ Finance: 1, pricing: 2, '': 12 })
  await api.policy.set({ client: 'northfold', values: { keyNamePattern: '{team}/{environment}' } })
  expect(await spent('team')).toEqual({ Finance: 1, pricing: 4, '': 10 })
  expect(await spent('environment')).toMatchObject({ staging: 6 })
})
