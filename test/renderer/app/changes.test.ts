import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { refreshAreas, staleKeys } from '../../../renderer/app/changes.ts'
import { AREAS } from '../../../shared/contract/app.ts'

function clientWith(keys: readonly (readonly unknown[])[]): QueryClient {
  const client = new QueryClient()
  for (const key of keys) client.setQueryData(key, {})
  return client
}

describe('changes', () => {
  it('marks what reads the changed area as stale, and nothing else', async () => {
    const keys = query.keys.list.queryKey({ input: { rotation: 'overdue' } })
    const settings = query.settings.get.queryKey()
    const clients = query.client.list.queryKey({ input: { archived: false } })
    const client = clientWith([keys, settings, clients])
    await refreshAreas(client, ['rotation'])
    expect(client.getQueryState(keys)?.isInvalidated).toBe(true)
    expect(client.getQueryState(settings)?.isInvalidated).toBe(false)
    expect(client.getQueryState(clients)?.isInvalidated).toBe(false)
  })

  it('refreshes the profile when the first client is added, since it ends the first run', async () => {
    const info = query.app.info.queryKey()
    const client = clientWith([info])
    await refreshAreas(client, ['client'])
    expect(client.getQueryState(info)?.isInvalidated).toBe(true)
  })

  it('names each beginning of a key once, and knows every area', () => {
    const stale = staleKeys(AREAS).map((key) => JSON.stringify(key))
    expect(new Set(stale).size).toBe(stale.length)
    for (const area of AREAS) expect(staleKeys([area]).length).toBeGreaterThan(0)
  })

  it('leaves the running watch of syncs and the stream of events alone', () => {
    expect(JSON.stringify(staleKeys(AREAS))).not.toContain('"sync"')
  })
})
