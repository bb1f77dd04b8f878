import { expect, it } from 'vitest'

import { createUidOf } from '../../../../electron/register/db/uid.ts'
import { createReplica, type Replica } from '../../../../electron/team/replica.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { crypto, type Laptop, readAll, type Team } from '../../team/world.ts'
import { newBriefRegister } from '../registers.ts'
import { openReview, readAccounts } from './any-review.ts'
import { contents, findProblems } from './contents.ts'
import { belong, decideIn, foundRegisterTeam, openStore, readEntries } from './registers.ts'

it('what a lost key sealed leaves the tables of each register, and comes back once its authors placed it again', async () => {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const { founder } = team
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const described = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(hers, 'anna', { kind: 'client.added', client: 'acme', body: { ...described, clientUid: client } })
  const added = { provider: 'openai' as const, platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  const connectionUid = createUidOf(client, 1)
  const connected = { connectionUid, ...added, access: 'read-only' as const }
  decideIn(hers, 'anna', { kind: 'connection.added', client: 'acme', body: connected })
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
  expect(own.reader.column('SELECT removed_at FROM connection')).toEqual([null])
  expect(contents(hers)).toEqual(before)
  expect(contents(own)).toEqual(before)
  for (const register of [own, hers]) {
    expect(findProblems(register)).toEqual([])
    expect(register.reader.value('SELECT count(*) FROM team_pending')).toBe(0)
  }
  const { author, keys } = anna.replica
  createReplica({ crypto, author, keys, team: team.team, root: team.root, store: openStore(hers) })
  expect(contents(hers)).toEqual(before)
  // The Founder's note was placed again before the client was.
  const zero = await readFromZero(founder, team, client)
  expect(contents(zero)).toEqual(before)
  expect(findProblems(zero)).toEqual([])
})

/** A register that reads the team and a client from the beginning, with what a device holds. */
async function readFromZero(
  { replica: held, log }: Laptop,
  { team, root }: Team,
  client: string,
  connection: string | null = null,
): Promise<Register> {
  const zero = closeAfterTest(newBriefRegister(() => 0))
  const { author, keys } = held
  const replica = createReplica({ crypto, author, keys, team, root, store: openStore(zero) })
  for (const stream of [team, client]) {
    const entries = readAll(held, stream).map(({ entry }) => entry)
    await readEntries(replica, log, stream, entries)
    if (connection !== null) readAccounts(zero, connection)
  }
  expect(listVerdicts(replica, client)).toEqual(listVerdicts(held, client))
  return zero
}

const listVerdicts = (replica: Replica, stream: string): readonly unknown[] =>
  readAll(replica, stream).map(({ verdict }) => verdict.kind === 'void' && verdict.reason)

it('access reviews and plans that a lost key sealed come back, what was placed after them is weighed again, and a new device reads the same', async () => {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const { founder } = team
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const exchangeAll = async (): Promise<void> => {
    for (const laptop of [founder, anna, founder]) expect((await laptop.exchange()).stopped).toEqual([])
  }
  const replaceKey = async (): Promise<void> => {
    await team.grant(client, ben, 'viewer')
    founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
    await founder.exchange()
    await team.rotate()
    await founder.administer()
    await exchangeAll()
  }
  let made = 0
  const uids = (): string => createUidOf(client, (made += 1))
  const [connection, planUid] = [uids(), uids()]
  const named = { connection, reviews: [] as string[], batches: [], uids }
  const decide = (register: typeof own, kind: string, body: object, freeze?: unknown): void =>
    decideIn(register, register === own ? 'Founder' : 'anna', { kind, client: 'acme', body, freeze } as never, made)
  const described = { name: 'Acme', kind: 'client', colour: '#117733', domains: [], notes: '' }
  decide(own, 'client.added', { ...described, clientUid: client })
  const added = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  decide(own, 'connection.added', { connectionUid: connection, ...added, access: 'read-only' })
  await exchangeAll()
  belong(own, team, founder, 'Founder')
  belong(hers, team, anna, 'anna')
  for (const register of [own, hers]) readAccounts(register, connection)
  await replaceKey()

  // Under the key that is lost: anna's plan, and a review of the founder.
  const version = { versionUid: uids(), errors: 0, warnings: 0, says: 'x', model: emptyPlan('Target') }
  decide(hers, 'plan.created', { planUid, title: 'Target', ...version })
  // A review that anna cancelled is placed again too, with its end.
  const cancelled = openReview(named, 2)
  decide(hers, 'review.opened', cancelled.body, cancelled.freeze)
  decide(hers, 'review.withdrawn', { reviewUid: named.reviews[0], why: 'Opened by mistake', items: 3, decided: 0 })
  await exchangeAll()
  const first = openReview(named, 0)
  decide(own, 'review.opened', first.body, first.freeze)
  await founder.exchange()
  // Of the same kind, before anna has read that one: placed under the next key, without an effect.
  const second = openReview(named, 0, true)
  decide(hers, 'review.opened', second.body, second.freeze)
  await replaceKey()
  const [ended, his, annas] = named.reviews
  const states = ({ reader }: typeof own): unknown =>
    reader.all('SELECT uid, state FROM review WHERE uid <> ? ORDER BY uid', [ended!])
  expect(states(hers)).toEqual([
    { uid: his, state: 'open' },
    { uid: annas, state: 'withdrawn' },
  ])
  // Under the next one, on what is taken back.
  decide(own, 'review.decided', {
    reviewUid: his,
    batchUid: uids(),
    positions: [1, [2, 3]],
    decision: 'keep',
    self: [],
  })
  decide(own, 'plan.bound', { planUid, organization: 'Acme', connectionUid: connection, wasUid: null })
  await exchangeAll()

  founder.decideTeam('key.lost', { scope: client, generation: 2 })
  await founder.exchange()
  expect(findProblems(own)).toEqual([])
  await team.rotate()
  await founder.administer()
  await exchangeAll()
  await exchangeAll()
  for (const register of [own, hers]) {
    expect(findProblems(register)).toEqual([])
    expect(register.reader.value('SELECT count(*) FROM plan_binding')).toBe(1)
    expect(states(register)).toEqual([
      { uid: his, state: 'withdrawn' },
      { uid: annas, state: 'open' },
    ])
  }
  expect(contents(hers)).toEqual(contents(own))
  // Its lines are beside the stream, and its opening had no effect when the founder's device read it.
  expect(
    own.reader.value('SELECT count(*) FROM review_item i JOIN review r ON r.id = i.review_id WHERE r.uid = ?', [
      annas!,
    ]),
  ).toBe(3)

  const zero = await readFromZero(founder, team, client, connection)
  expect(listVerdicts(anna.replica, client)).toEqual(listVerdicts(founder.replica, client))
  expect(findProblems(zero)).toEqual([])
  expect(contents(zero)).toEqual(contents(own))
})
