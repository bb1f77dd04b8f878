import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { refreshAreas, staleKeys } from '../../../renderer/app/refetch.ts'
import { AREAS } from '../../../shared/contract/app.ts'

function clientWith(keys: readonly (readonly unknown[])[]): QueryClient {
  const client = new QueryClient()
  for (const key of keys) client.setQueryData(key, {})
  return client
}

describe('changes', () => {
  it('a changed area makes the queries that read it stale, and no others', async () => {
    const keys = query.keys.list.queryKey({ input: { rotation: 'overdue' } })
    const settings = query.settings.get.queryKey()
    const clients = query.client.list.queryKey({ input: { archived: false } })
    const client = clientWith([keys, settings, clients])
    await refreshAreas(client, ['rotation'])
    expect(client.getQueryState(keys)?.isInvalidated).toBe(true)
    expect(client.getQueryState(settings)?.isInvalidated).toBe(false)
    expect(client.getQueryState(clients)?.isInvalidated).toBe(false)
  })

  it('a change of the policy makes certificates stale, which end soon by its days, and accepting findings those of their rows', async () => {
    const certificates = query.access.certificates.queryKey({ input: {} })
    for (const area of ['policy', 'findings'] as const) {
      const client = clientWith([certificates])
      await refreshAreas(client, [area])
      expect(client.getQueryState(certificates)?.isInvalidated).toBe(true)
    }
  })

  it('the first client refreshes the profile, since it ends the first run', async () => {
    const info = query.app.info.queryKey()
    const client = clientWith([info])
    await refreshAreas(client, ['client'])
    expect(client.getQueryState(info)?.isInvalidated).toBe(true)
  })

  it('each beginning of a query key is listed once, and every area is known', () => {
    const stale = staleKeys(AREAS).map((key) => JSON.stringify(key))
    expect(new Set(stale).size).toBe(stale.length)
    for (const area of AREAS) expect(staleKeys([area]).length).toBeGreaterThan(0)
  })

  it('a change does not restart the watch of syncs or the stream of events', () => {
    expect(JSON.stringify(staleKeys(AREAS))).not.toContain('"sync"')
  })
})
