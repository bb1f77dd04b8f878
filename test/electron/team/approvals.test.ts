import { expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import type { HeldEntry } from '../../../shared/team/store.ts'
import { decideChanges } from './golden/decide-changes.ts'
import { crypto, foundTeam, readAll, SERVER } from './world.ts'

const toWords = ({ verdict }: HeldEntry): string => (verdict.kind === 'void' ? verdict.reason : verdict.op.kind)

it('a change is sent with the approval of a second member or is void for the reason of its rule, alike on every device and read again', async () => {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const { founder } = team
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  await team.grant(client, ben, 'lead')
  for (const one of [founder, anna, ben]) await one.exchange()

  const expected = await decideChanges(client, { founder, anna, ben })
  const words = readAll(founder.replica, client).map(toWords)
  expect(words).toEqual(expected.map(([kind, reason]) => reason ?? kind))
  for (const { replica } of [anna, ben]) expect(readAll(replica, client).map(toWords)).toEqual(words)
  const { author, keys } = founder.replica
  const entries = readAll(founder.replica, client).map(({ entry }) => entry)
  for (const held of [0, 5, 11, 20]) {
    const store = createMemoryStore()
    const open = () => createReplica({ crypto, author, keys, team: team.team, root: team.root, store })
    open().take(
      team.team,
      readAll(founder.replica, team.team).map(({ entry }) => entry),
    )
    open().take(client, entries.slice(0, held))
    expect(open().take(client, entries.slice(held)).stopped).toBeNull()
    expect(readAll(open(), client).map(toWords)).toEqual(words)
  }
})
