import { expect, it } from 'vitest'

import { createReplica } from '../../../../electron/team/replica.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { crypto } from '../../team/world.ts'
import { newBriefRegister } from '../registers.ts'
import { contents, findProblems } from './contents.ts'
import { decideIn, foundRegisterTeam, openStore } from './registers.ts'

it('what a lost key sealed leaves the tables of each register, and comes back once its authors placed it again', async () => {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const { founder } = team
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const described = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(hers, 'anna', { kind: 'client.added', client: 'acme', body: { ...described, clientUid: client } })
  await anna.exchange()
  await founder.exchange()
  decideIn(own, 'Founder', {
    kind: 'today.noted',
    client: 'acme',
    body: { entry: 'connection', note: 'Renewed' },
  })
  decideIn(hers, 'anna', { kind: 'client.changed', client: 'acme', body: { notes: 'Renewed' } })
  for (const laptop of [founder, anna, founder]) await laptop.exchange()
  const before = contents(own)
  founder.decideTeam('key.lost', { scope: client, generation: 1 })
  await founder.exchange()
  await team.rotate()
  const seen = () => own.reader.get('SELECT notes, archived_at IS NULL AS shown FROM client')
  // The Founder's note waits; the client, which Anna's device added, is put away until she places it again.
  expect(seen()).toMatchObject({ shown: 0 })
  expect(findProblems(own)).toEqual([])
  for (const laptop of [anna, founder, anna]) await laptop.exchange()
  expect(seen()).toEqual({ notes: 'Renewed', shown: 1 })
  expect(contents(hers)).toEqual(before)
  expect(contents(own)).toEqual(before)
  for (const register of [own, hers]) {
    expect(findProblems(register)).toEqual([])
    expect(register.reader.value('SELECT count(*) FROM team_pending')).toBe(0)
  }
  const { author, keys } = anna.replica
  createReplica({ crypto, author, keys, team: team.team, root: team.root, store: openStore(hers) })
  expect(contents(hers)).toEqual(before)
})
