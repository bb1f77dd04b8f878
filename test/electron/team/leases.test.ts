import { expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { LEASED, tryLeases } from './tried-leases.ts'
import { SERVER } from './world.ts'

it('a server in memory gives jobs to runners by the rules of the one in PostgreSQL', async () => {
  let now = 0
  const server = createMemoryServer(SERVER, () => now)
  const sleep = async (ms: number): Promise<void> => {
    now += ms
  }
  expect(await tryLeases(async (login, rights) => server.connect(login, rights), sleep)).toEqual(LEASED)
})
