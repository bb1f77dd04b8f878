import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { Card } from '../../../shared/team/card.ts'
import { mayFollow } from '../../../shared/team/rights.ts'

import { openClient } from '../../../electron/team/found.ts'
import { composeBatch } from '../../../electron/team/box.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { fromHex } from '../../../electron/team/form.ts'
import { createInvite, parseCode, toCode } from '../../../electron/team/invite.ts'
import { answerKnocks, knock } from '../../../electron/team/knock.ts'
import { leaveTeam } from '../../../electron/team/leave.ts'
import { change, findDevices, listChoices } from '../../../electron/team/members.ts'
import { mendRights } from '../../../electron/team/mend.ts'
import { replacePaper, returnByPaper } from '../../../electron/team/paper.ts'
import { findPlace } from '../../../electron/team/read-log.ts'
import { openMemoryServer } from '../../team/memory-server.ts'
import { dumpWorld, restoreWorld } from '../../team/memory-world.ts'
import { foundedTeam, joinTeam, PLACE, toDevice, toIssued, toUid, type TriedDevice } from '../../team/people.ts'

const byFirst = (one: readonly unknown[], other: readonly unknown[]): number =>
  String(one[0]).localeCompare(String(other[0]))
const cardOf = ({ store }: TriedDevice, log: string) => store.log(log)?.card?.card
const rolesIn = (device: TriedDevice, log: string) =>
  cardOf(device, log)?.people.map(({ member, role, devices }) => [member, role, devices.length])
const agencyOf = ({ store }: TriedDevice): string => store.logs().find(({ kind }) => kind === 'agency')?.log ?? ''
const rightsOn = (world: Awaited<ReturnType<typeof foundedTeam>>['world'], log: string) =>
  [...(world.logs.get(log)?.may ?? [])].toSorted(byFirst)

it('a founded team lists the logs of the agency and of its first client, each once', async () => {
  const { founder, team, client } = await foundedTeam()
  const listed = founder.store.cards(team).flatMap(({ card }) => card.logs ?? [])
  expect(listed.map(({ log, kind }) => [log, kind]).toSorted(byFirst)).toEqual(
    [
      [agencyOf(founder), 'agency'],
      [client, 'client'],
    ].toSorted(byFirst),
  )
  await mendRights(founder)
  expect(founder.store.cards(team).flatMap(({ card }) => card.logs ?? [])).toHaveLength(2)
})

it('an invited guest reads the log of the team and of their client, and no other', async () => {
  const made = await foundedTeam()
  const { founder, client, team } = made
  const other = toUid()
  await openClient(founder, other)
  const anna = await joinTeam(made, client, 'reviewer')
  expect(anna.store.logs().map(({ log, isHeld }) => [log, isHeld])).toEqual([
    [team, true],
    [client, true],
  ])
  expect(rolesIn(anna, client)).toEqual([
    [founder.member, 'owner', 1],
    [anna.member, 'reviewer', 1],
  ])
  expect(rightsOn(made.world, client)).toEqual(
    [
      [anna.login, 2],
      [founder.login, 3],
    ].toSorted(byFirst),
  )
  expect(rightsOn(made.world, other)).toEqual([[founder.login, 3]])
})

it('a new owner is an owner of every log, and an auditor a viewer of every client', async () => {
  const made = await foundedTeam()
  const { founder, client, team } = made
  const ben = await joinTeam(made, null, 'owner')
  const rolf = await joinTeam(made, null, 'auditor')
  expect(rolesIn(rolf, client)).toEqual([
    [founder.member, 'owner', 1],
    [ben.member, 'owner', 1],
    [rolf.member, 'viewer', 1],
  ])
  await exchange(ben)
  expect(rolesIn(ben, team)).toEqual([
    [founder.member, 'owner', 1],
    [ben.member, 'owner', 1],
    [rolf.member, 'member', 1],
  ])
  // A client that is opened later has them too.
  const later = toUid()
  expect(await openClient(ben, later)).toBe(true)
  await exchange(rolf)
  expect(rolesIn(rolf, later)?.map(([, role]) => role)).toEqual(['owner', 'owner', 'viewer'])
  // A role that was taken away takes what follows from it.
  expect(await change(founder, { what: 'role', log: null, member: rolf.member, role: 'member' })).toBe('placed')
  expect(rolesIn(founder, later)?.map(([, role]) => role)).toEqual(['owner', 'owner'])
})

it('a member who opens a client leads it, and owners own it', async () => {
  const made = await foundedTeam()
  const anna = await joinTeam(made, null, 'member')
  const log = toUid()
  expect(await openClient(anna, log)).toBe(true)
  expect(rolesIn(anna, log)).toEqual([
    [made.founder.member, 'owner', 1],
    [anna.member, 'lead', 1],
  ])
  await exchange(made.founder)
  await mendRights(made.founder)
  expect(made.founder.store.cards(made.team).flatMap(({ card }) => card.logs?.map((one) => one.log) ?? [])).toContain(
    log,
  )
})

it('a lead gives roles for their client, and changes neither owners nor what is left to them', async () => {
  const made = await foundedTeam()
  const { founder, client } = made
  const anna = await joinTeam(made, client, 'lead')
  const ben = await joinTeam(made, client, 'viewer')
  await exchange(anna)
  expect(await change(anna, { what: 'role', log: client, member: ben.member, role: 'operator' })).toBe('placed')
  expect(await change(anna, { what: 'role', log: client, member: founder.member, role: null })).toBe('not-allowed')
  expect(await change(anna, { what: 'approvals', log: client, required: true })).toBe('not-allowed')
  expect(await change(anna, { what: 'remove', member: founder.member })).toBe('last-owner')
  await exchange(ben)
  expect(await change(ben, { what: 'role', log: client, member: ben.member, role: 'lead' })).toBe('not-allowed')
})

it('who leaves a client takes the key with them: the next generation begins, and every reader that stays has it', async () => {
  const made = await foundedTeam()
  const { founder, client, world } = made
  const anna = await joinTeam(made, client, 'reviewer')
  const ben = await joinTeam(made, client, 'reviewer')
  expect(cardOf(founder, client)?.generation).toBe(1)
  expect(await change(founder, { what: 'role', log: client, member: anna.member, role: null })).toBe('placed')
  expect(cardOf(founder, client)?.generation).toBe(2)
  await exchange(ben)
  expect(ben.store.log(client)?.keys).toHaveLength(2)
  expect(rightsOn(world, client).map(([login]) => login)).not.toContain(anna.login)
  await exchange(anna)
  expect(anna.store.log(client)?.keys).toHaveLength(1)
})

it('a removed member has no login, no card and no key afterwards', async () => {
  const made = await foundedTeam()
  const { founder, client, world, team } = made
  const anna = await joinTeam(made, client, 'reviewer')
  expect(await change(founder, { what: 'remove', member: anna.member })).toBe('placed')
  expect(world.logins.has(anna.login)).toBe(false)
  await expect(exchange(anna)).rejects.toThrow(/login/u)
  for (const log of [team, client]) expect(rolesIn(founder, log)?.map(([member]) => member)).toEqual([founder.member])
})

it('the last owner is neither removed nor given another role', async () => {
  const { founder } = await foundedTeam()
  const { member } = founder
  expect(await change(founder, { what: 'remove', member })).toBe('last-owner')
  expect(await change(founder, { what: 'role', log: null, member, role: 'member' })).toBe('last-owner')
})

it('two owners who change the team at one time both have their change', async () => {
  const made = await foundedTeam()
  const { founder, client } = made
  const ben = await joinTeam(made, null, 'owner')
  const [anna, cleo] = [toUid(), toUid()]
  await Promise.all([
    change(founder, { what: 'role', log: client, member: anna, role: 'reviewer' }),
    change(ben, { what: 'role', log: client, member: cleo, role: 'operator' }),
  ])
  await exchange(founder)
  expect(rolesIn(founder, client)?.map(([member]) => member)).toEqual(expect.arrayContaining([anna, cleo]))
})

it('a knock whose keys the server replaced is refused with the reason, and lets no device in', async () => {
  const made = await foundedTeam()
  const { founder, world, client } = made
  const member = toUid()
  const invite = await createInvite(founder, { member, isOwner: false, until: world.now + 1000, place: PLACE })
  await change(founder, { what: 'role', log: client, member, role: 'reviewer' })
  const { team, device, login, root } = invite
  const joined = await toDevice(world, { team, member, device, login, root: fromHex(root) })
  await knock(joined, invite)
  const asked = world.knocks.get(login)
  if (asked === undefined) throw new Error('The knock is not there.')
  world.knocks.set(login, { ...asked, signKey: new Uint8Array(32) })
  const { enrolled, refused } = await answerKnocks(founder, [toIssued(invite, world)])
  expect(enrolled).toEqual([])
  expect(refused).toEqual([{ uid: invite.uid, reason: expect.stringContaining('server may have replaced') as string }])
  expect(rolesIn(founder, client)).toContainEqual([member, 'reviewer', 0])
  // One of a removed member, and one whose time is over.
  world.knocks.set(login, asked)
  await change(founder, { what: 'remove', member })
  const late = await answerKnocks(founder, [toIssued(invite, world)])
  expect(late.refused[0]?.reason).toBe('The member was removed meanwhile.')
  world.now += 100 * 3_600_000
  const over = await answerKnocks(founder, [{ ...toIssued(invite, world), until: world.now - 1 }])
  expect(over.over).toEqual([invite.uid])
})

it('the code of an invite is read as it was pasted, and no cut or changed one is', async () => {
  const { founder, world } = await foundedTeam()
  const invite = await createInvite(founder, { member: toUid(), isOwner: false, until: world.now + 1000, place: PLACE })
  const code = toCode(invite)
  expect(parseCode(` ${code.slice(0, 40)}\n  ${code.slice(40)}\n`)).toEqual(invite)
  fc.assert(
    fc.property(fc.nat(code.length - 1), fc.constantFrom('a', 'Z', '0', ''), (at, by) => {
      const changed = `${code.slice(0, at)}${by}${code.slice(at + 1)}`
      expect(changed === code ? null : parseCode(changed)).toBeNull()
    }),
  )
})

it('the paper brings the team back where the only owner’s device is lost, and is replaced', async () => {
  const made = await foundedTeam()
  const { founder, world, client, team, root } = made
  const code = parseCode(await replacePaper(founder, PLACE))
  if (code === null) throw new Error('The code cannot be read.')
  expect(findDevices(founder, founder.member).map(({ paper }) => paper)).toEqual([undefined, true])
  const back = await toDevice(world, { team, member: code.member, root })
  const login = { login: back.login, device: back.device, member: back.member, owner: true, verifier: 'v', until: null }
  await returnByPaper(back, openMemoryServer(world, code.login), code, login)
  await exchange(back)
  expect(rolesIn(back, client)).toEqual([[founder.member, 'owner', 3]])
  expect(await change(back, { what: 'device', device: founder.device })).toBe('placed')
  const next = parseCode(await replacePaper(back, PLACE))
  expect(next?.device).not.toBe(code.device)
  expect(world.logins.has(code.login)).toBe(false)
  expect(rolesIn(back, team)).toEqual([[founder.member, 'owner', 2]])
})

it('who leaves has no login, and an owner who is the only one cannot', async () => {
  const made = await foundedTeam()
  const { founder, client, world } = made
  const anna = await joinTeam(made, client, 'reviewer')
  expect(await leaveTeam(founder)).toBe('last-owner')
  expect(await leaveTeam(anna)).toBe('placed')
  expect(world.logins.has(anna.login)).toBe(false)
})

it('rights and wraps that the server lost or changed are those of the cards again', async () => {
  const made = await foundedTeam()
  const { founder, client, world } = made
  const anna = await joinTeam(made, client, 'reviewer')
  const row = world.logs.get(client)
  if (row === undefined) throw new Error('The log is not there.')
  const before = rightsOn(world, client)
  row.wraps.clear()
  row.may.set(anna.login, 3)
  expect(await mendRights(founder)).toBe(1)
  expect([rightsOn(world, client), row.wraps.size]).toEqual([before, 2])
  expect(await mendRights(founder)).toBe(0)
})

/** A batch of a device that others stop at: its signature is of another key. */
async function placeForged(made: Awaited<ReturnType<typeof foundedTeam>>, anna: TriedDevice): Promise<void> {
  const { sign } = anna.crypto.createDeviceKeys(new Uint8Array(32))
  const uid = toUid()
  const at = made.world.now
  const place = findPlace(anna, made.client)
  const key = place.keys.at(-1)
  if (key === undefined || place.card === null) throw new Error('The device has no key.')
  const { batch } = composeBatch(
    anna.crypto,
    {
      ...place,
      at: place.next,
      before: place.head,
      card: place.card.head,
      signKey: sign.privateKey,
      generation: 1,
      key,
    },
    [{ uid, kind: 'x', at, day: '2026-12-01', on: null, subject: '', body: { v: 1 } }],
    { class: 'ordinary', change: null },
  )
  expect((await anna.server.append(batch, [], null)).outcome).toBe('placed')
}

it('a batch that stops a log is passed over by every device once an owner decided so', async () => {
  const made = await foundedTeam()
  const { founder, client } = made
  const anna = await joinTeam(made, client, 'operator')
  const ben = await joinTeam(made, client, 'viewer')
  await exchange(anna)
  await placeForged(made, anna)
  await exchange(ben)
  expect(ben.store.log(client)?.stop).toMatchObject({ reason: 'not-signed', placedBy: anna.login })
  await exchange(founder)
  const [choice] = listChoices(founder.store, client)
  expect(choice).toMatchObject({ what: 'pass', placedBy: anna.login })
  if (choice === undefined) throw new Error('There is no choice.')
  expect(await change(ben, { what: 'choose', log: client, head: choice.head })).toBe('not-allowed')
  expect(await change(founder, { what: 'choose', log: client, head: choice.head })).toBe('placed')
  for (const device of [founder, ben]) {
    await exchange(device)
    expect(device.store.log(client)?.stop).toBeNull()
  }
  expect(ben.store.log(client)?.head).toEqual(founder.store.log(client)?.head)
  expect(listChoices(founder.store, client)).toEqual([])
})

it.each(['own', 'server'] as const)(
  'of two histories of a log, that of the choice %s of an owner counts on every device',
  async (what) => {
    const made = await foundedTeam()
    const { founder, client, world } = made
    const anna = await joinTeam(made, client, 'viewer')
    const ben = await joinTeam(made, client, 'lead')
    const cleo = await joinTeam(made, null, 'owner')
    for (const device of [founder, ben, cleo]) await exchange(device)
    const before = dumpWorld(world)
    expect(await change(ben, { what: 'role', log: client, member: anna.member, role: 'operator' })).toBe('placed')
    await exchange(cleo)
    restoreWorld(world, before)
    expect(await change(founder, { what: 'role', log: client, member: anna.member, role: 'reviewer' })).toBe('placed')
    await exchange(cleo)
    expect(cleo.store.log(client)?.stop?.reason).toBe('other-history')
    const choice = listChoices(cleo.store, client).find((one) => one.what === what)
    if (choice === undefined) throw new Error('There is no choice.')
    expect(await change(cleo, { what: 'choose', log: client, head: choice.head })).toBe('placed')
    for (const device of [founder, ben, cleo]) await exchange(device)
    for (const device of [founder, ben]) {
      expect(device.store.log(client)).toMatchObject({ stop: null, head: cleo.store.log(client)?.head })
    }
    expect(rolesIn(ben, client)).toContainEqual([anna.member, what === 'own' ? 'operator' : 'reviewer', 1])
  },
)

it('a card of a lead that leaves owners as they are is allowed in whichever order its text has the fields', () => {
  const own = { device: toUid(), signKey: 'ab'.repeat(32), boxKey: 'cd'.repeat(32), login: 'castellan_own' }
  const owner = { member: toUid(), role: 'owner' as const, devices: [own] }
  const lead = { member: toUid(), role: 'lead' as const, devices: [] }
  const before = toCard([owner, lead])
  const sorted = JSON.parse(canonicalJson(before)) as Card
  expect(mayFollow(before, lead.member, sorted)).toBe(true)
  expect(mayFollow(before, lead.member, toCard([{ ...owner, role: 'viewer' }, lead]))).toBe(false)
})

const toCard = (people: Card['people']): Card => ({
  v: 1,
  kind: 'client',
  people,
  generation: 1,
  commitment: 'ab'.repeat(32),
  least: 1,
  approvals: false,
  passes: [],
  forks: [],
  logs: null,
  team: null,
})
