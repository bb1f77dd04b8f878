import { rmSync } from 'node:fs'

import { expect, it } from 'vitest'

import { teamKeysPath } from '../../../../electron/secrets/team-secrets.ts'

import { teamContract } from '../../../../shared/contract/team.ts'
import { teamRouter } from '../../../../electron/service/team/router.ts'
import { startExchanges } from '../../../../electron/service/team/runner.ts'
import type { Context } from '../../../../electron/service/core/context.ts'
import { dumpWorld, restoreWorld } from '../../../team/memory-world.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { foundInMemory, toServer } from './memory-servers.ts'

it('what was decided meanwhile by another is asked back with their decision, and is kept or dropped', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'lead' })
  const set = (service: typeof anna, maxPrivileged: number) =>
    service.api.policy.set({ client: 'acme', values: { maxPrivileged } })
  world.isAway = true
  await set(anna, 4)
  await set(founder, 5)
  world.isAway = false
  await founder.api.team.exchange()
  const exchanged = await anna.api.team.exchange()
  expect(exchanged.askedBack).toMatchObject([
    { client: 'acme', own: true, sentence: expect.stringContaining('Mara Lind decided meanwhile') as string },
  ])
  // Until it is kept, that of the other counts here too.
  expect(await anna.api.policy.get({ client: 'acme' })).toMatchObject({ override: { maxPrivileged: 5 } })
  const [asked] = (await anna.api.team.status()).askedBack
  expect(await anna.api.team.keep({ uids: [asked?.uid ?? ''] })).toEqual({ sentence: '1 decision kept.' })
  await founder.api.team.exchange()
  for (const { api } of [anna, founder])
    expect(await api.policy.get({ client: 'acme' })).toMatchObject({ override: { maxPrivileged: 4 } })
  world.isAway = true
  await set(anna, 6)
  await set(founder, 7)
  world.isAway = false
  await founder.api.team.exchange()
  const [again] = (await anna.api.team.exchange()).askedBack
  expect(await anna.api.team.drop({ uids: [again?.uid ?? ''] })).toEqual({ sentence: '1 decision dropped.' })
  expect((await anna.api.team.status()).askedBack).toEqual([])
  expect((await anna.api.team.exchange()).waiting).toBe(0)
  expect(await anna.api.policy.get({ client: 'acme' })).toMatchObject({ override: { maxPrivileged: 7 } })
})

it('what waits when a member loses their role goes back to its author, and leaves the tables', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'lead' })
  world.isAway = true
  await anna.api.policy.set({ client: 'acme', values: { maxPrivileged: 4 } })
  world.isAway = false
  await founder.api.team.setRole({ member: 'anna@northlight.example', client: 'acme', role: 'viewer' })
  const refusedOne = {
    client: 'acme',
    own: true,
    decided: 'Policy changed: acme',
    sentence: 'The role of its author did not allow it.',
  }
  expect(await anna.api.team.exchange()).toMatchObject({ refused: [refusedOne], askedBack: [], waiting: 0 })
  const { noEffect, askedBack, waiting } = await anna.api.team.status()
  expect(noEffect).toMatchObject([refusedOne])
  expect([askedBack, waiting]).toEqual([[], []])
  expect(await anna.api.policy.get({ client: 'acme' })).toMatchObject({ override: {} })
  await founder.api.team.exchange()
  expect(await founder.api.policy.get({ client: 'acme' })).toMatchObject({ override: {} })
})

it('what waits when a member gets another role that still allows it is asked back, and counts where they keep it', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'lead' })
  world.isAway = true
  await anna.api.policy.set({ client: 'acme', values: { maxPrivileged: 4 } })
  world.isAway = false
  await founder.api.team.setRole({ member: 'anna@northlight.example', client: null, role: 'owner' })
  const [asked] = (await anna.api.team.exchange()).askedBack
  expect(asked?.sentence).toBe('It was decided under another role than you have now. Keep it, or drop it.')
  await anna.api.team.keep({ uids: [asked?.uid ?? ''] })
  expect(await anna.api.team.status()).toMatchObject({ noEffect: [], askedBack: [], waiting: [] })
})

it('an owner’s device holds some clients, shows figures of the others, and holds one when asked', async () => {
  const { founder, servers, database } = await foundInMemory()
  void database
  await founder.api.client.add({ name: 'Borealis', slug: 'borealis' })
  await founder.api.team.exchange()
  const { code } = await founder.api.team.invite({ email: 'ole@northlight.example', name: 'Ole', role: 'owner' })
  const ole = await newService({ teamServers: servers, mostHeldUnasked: 1 })
  await ole.api.team.join({ code })
  await founder.api.team.exchange()
  await ole.api.team.exchange()
  expect((await ole.api.team.status()).unheld).toBe(1)
  expect(await ole.api.client.list({})).toHaveLength(1)
  const { clients, problem } = await ole.api.team.unheld()
  expect([clients.length, problem]).toEqual([1, null])
  expect(await refused(ole.api.team.hold({ clients: ['nowhere'] }))).toMatchObject({ code: 'NOT_FOUND' })
  expect((await ole.api.team.hold({ clients: [clients[0]?.uid ?? ''] })).sentence).toContain(
    '1 client held on this device',
  )
  expect(await ole.api.client.list({})).toHaveLength(2)
  expect((await ole.api.team.status()).unheld).toBe(0)
})

it('two histories stop a log with a sentence; an owner chooses one, and what was decided on the other waits again', async () => {
  const { founder, join, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'lead' })
  const cleo = await join('Cleo', { role: 'owner' })
  await anna.api.team.exchange()
  const before = dumpWorld(world)
  await anna.api.client.update({ slug: 'acme', notes: 'By Anna' })
  await anna.api.team.exchange()
  await cleo.api.team.exchange()
  restoreWorld(world, before)
  await founder.api.policy.set({ client: 'acme', values: { maxPrivileged: 3 } })
  await founder.api.team.exchange()
  const { sentences } = await anna.api.team.exchange()
  expect(sentences.join()).toContain('The log of acme stopped at position')
  const [stopped] = (await anna.api.team.status()).stopped
  // A lead chooses nothing.
  expect(stopped).toMatchObject({ client: 'acme', choices: [] })
  expect(await refused(anna.api.team.resolve({ log: stopped?.log ?? '', head: 'ab'.repeat(32) }))).toMatchObject({
    code: 'NOT_FOUND',
  })
  await cleo.api.team.exchange()
  const [found] = (await cleo.api.team.status()).stopped
  const { log, choices } = found ?? { log: '', choices: [] }
  expect(choices.map(({ words }) => words.replace(/castellan_\w+/u, 'LOGIN'))).toEqual([
    'Go on with the history of this device',
    'Go on with the history of the server, by LOGIN',
  ])
  const done = await cleo.api.team.resolve({ log, head: choices[1]?.head ?? '' })
  expect(done.sentence).toContain('That history counts from now on.')
  for (const { api } of [anna, founder, cleo]) expect((await api.team.exchange()).sentences).toEqual([])
  for (const { api } of [anna, founder, cleo]) {
    expect(await api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'By Anna' })
    expect(await api.policy.get({ client: 'acme' })).toMatchObject({ override: { maxPrivileged: 3 } })
  }
})

it('a knock whose keys the server replaced is named to the owner', async () => {
  const { founder, make, world } = await foundInMemory()
  const { code } = await founder.api.team.invite({
    email: 'x@northlight.example',
    name: 'X',
    client: 'acme',
    clientRole: 'viewer',
  })
  const joining = await make()
  await joining.api.team.join({ code })
  for (const [login, knock] of world.knocks) world.knocks.set(login, { ...knock, signKey: new Uint8Array(32) })
  expect((await founder.api.team.exchange()).sentences.join()).toContain(
    'A device that asked under the invite of x@northlight.example was refused: Its keys are not those',
  )
  expect(await joining.api.team.status()).toMatchObject({ state: 'asking' })
})

it('a clock that differs from the server’s, and an owner’s device that is the only one, are problems with what to do', async () => {
  const { founder, world, servers } = await foundInMemory()
  void world
  const now = Date.now() + 3 * 86_400_000
  const { profile, secrets } = founder.context.session()
  await founder.close()
  const ahead = await newService({ teamServers: servers, profile, secrets, now: () => now })
  await ahead.api.team.exchange()
  expect((await ahead.api.team.status()).problems.join()).toContain(
    'The clock of this device is 3 days ahead of the server’s.',
  )
})

it('an owner moves the team, and the others look there once they read it', async () => {
  const { founder, join, servers, database, world } = await foundInMemory()
  const anna = await join('Anna', { client: 'acme', clientRole: 'viewer' })
  expect(await refused(founder.api.team.move(toServer('nowhere')))).toMatchObject({ code: 'CONFLICT' })
  expect((await founder.api.team.status()).server).toMatchObject({ database })
  servers.worlds.set('moved', world)
  expect(await founder.api.team.move(toServer('moved'))).toEqual({
    sentence: 'This device exchanges with db.agency.example from now on.',
  })
  await anna.api.team.exchange()
  expect((await anna.api.team.status()).server).toMatchObject({ database: 'moved' })
  await anna.api.team.exchange()
})

it('a register that was restored elsewhere is not that device, and shows what to do', async () => {
  const { founder, servers } = await foundInMemory()
  const { profile } = founder.context.session()
  await founder.close()
  // A backup has the register and no keys of its device.
  rmSync(teamKeysPath(profile))
  const copied = await newService({ teamServers: servers, profile })
  expect(await copied.api.team.status()).toMatchObject({
    state: 'otherDevice',
    sentence: expect.stringContaining('Join in a new profile') as string,
  })
  expect(await refused(copied.api.team.exchange())).toMatchObject({ code: 'CONFLICT' })
})

it('every operation of a team is implemented, and refused with a typed error in a profile without one', async () => {
  const { api } = await newService()
  const inputs: Record<string, unknown> = {
    setRole: { member: 'x@y.example', client: 'acme', role: 'lead' },
    revokeDevice: { device: '01890000-0000-7000-8000-000000000001' },
    requireApprovals: { client: null, required: true },
    resolve: { log: '01890000-0000-7000-8000-000000000001', head: 'ab'.repeat(32) },
    move: toServer('x'),
    keep: { uids: ['01890000-0000-7000-8000-000000000001'] },
    drop: { uids: ['01890000-0000-7000-8000-000000000001'] },
    hold: { clients: ['acme'] },
    invite: { email: 'x@y.example' },
    join: { code: 'x' },
    init: { team: 'X' },
    verify: {},
  }
  expect(Object.keys(teamRouter).toSorted()).toEqual(Object.keys(teamContract).toSorted())
  for (const name of Object.keys(teamContract) as (keyof typeof teamContract)[]) {
    if (name === 'status') continue
    const call = api.team[name] as (input: unknown) => Promise<unknown>
    const { code } = await refused(call(inputs[name]))
    expect(`${name}: ${code}`).toMatch(/: (?:CONFLICT|INVALID)$/u)
  }
})

/** A runner of exchanges over a clock that the test moves. */
function startRunner(isHeard: boolean) {
  const sleeps: number[] = []
  let notice: () => void = () => undefined
  let exchanges = 0
  let fails = false
  let wake: () => void = () => undefined
  const listeners = new Set<(event: { type: string }) => void>()
  const context = {
    lock: { isOn: () => false },
    session: () => SESSION,
    events: {
      listen: (listener: (event: { type: string }) => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  } as unknown as Context
  const SESSION = { register: { reader: { value: (sql: string) => (sql.includes('meta') ? PLACE : undefined) } } }
  const stop = startExchanges(context, {
    clock: {
      sleep: (ms: number, signal: AbortSignal) =>
        new Promise((resolve, reject) => {
          sleeps.push(ms)
          wake = () => resolve(undefined)
          signal.addEventListener('abort', () => reject(new Error('ended')))
          if (ms === 300) resolve(undefined)
        }),
    } as never,
    random: () => 0.5,
    exchange: async () => {
      exchanges += 1
      if (fails) throw new Error('away')
    },
    listen: async (_, onNotice) => {
      notice = onNotice
      return { isHeard, close: async () => undefined }
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return {
    stop,
    sleeps,
    settle,
    notice: () => notice(),
    wake: () => wake(),
    count: () => exchanges,
    fail: (on: boolean) => (fails = on),
  }
}

const PLACE = JSON.stringify({
  team: '01890000-0000-7000-8000-000000000001',
  server: { host: 'x', port: 1, database: 'x', authority: null },
  login: 'castellan_x',
  device: '01890000-0000-7000-8000-000000000002',
  signKey: 'ab'.repeat(32),
  root: 'cd'.repeat(32),
  member: '01890000-0000-7000-8000-000000000003',
  name: 'X',
  founding: null,
  invite: null,
  named: null,
})

it('exchanges come at the start and with each notice, and seldom otherwise while notices are heard', async () => {
  const runner = startRunner(true)
  await runner.settle()
  expect([runner.count(), runner.sleeps]).toEqual([1, [30 * 60_000]])
  runner.notice()
  await runner.settle()
  expect([runner.count(), runner.sleeps.at(-1)]).toEqual([2, 30 * 60_000])
  await runner.stop()
})

it('where notices are not heard, exchanges come each minute, and less often while the server is away', async () => {
  const runner = startRunner(false)
  await runner.settle()
  expect(runner.sleeps).toEqual([60_000])
  runner.fail(true)
  for (const expected of [120_000, 240_000, 480_000, 600_000, 600_000]) {
    runner.wake()
    await runner.settle()
    expect(runner.sleeps.at(-1)).toBe(expected)
  }
  runner.fail(false)
  runner.wake()
  await runner.settle()
  expect(runner.sleeps.at(-1)).toBe(60_000)
  await runner.stop()
})
