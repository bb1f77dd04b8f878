import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Batch } from '../../../../shared/team/batch.ts'
import {
  admit,
  type LoggedIn,
  logIn,
  setUpTeam,
  startTeamPostgres,
  type TeamPostgres,
} from '../../../team/postgres-team.ts'
import { createScramVerifierOf } from '../../../team/scram.ts'
import { bytes, openLog, place, refusal, rightsOf, toBatch, toHead } from './placing.ts'

let server: TeamPostgres

beforeAll(async () => {
  server = await startTeamPostgres()
})
afterAll(() => server.stop())

describe('the server of a team in PostgreSQL', () => {
  it('places batches in their order, and answers early what devices decide anyway', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const [lead, reviewer, stranger] = [
      await admit(address, owner.server),
      await admit(address, owner.server),
      await admit(address, owner.server),
    ]
    const log = await openLog(owner, [lead, 3], [reviewer, 2])
    expect(await place(reviewer, log, toBatch(reviewer, log))).toBe('placed')
    expect(await place(lead, log, toBatch(lead, log))).toBe('placed')
    expect(await place(lead, log, toBatch(lead, { ...log, at: 1 }))).toBe('overtaken')
    expect(await place(lead, log, toBatch(lead, { ...log, head: bytes(32) }))).toBe('overtaken')
    expect(await place(lead, log, toBatch(lead, { ...log, card: bytes(32) }))).toBe('other-card')
    expect(await place(lead, log, toBatch(reviewer, log))).toBe('no-right')
    expect(await place(stranger, log, toBatch(stranger, log))).toBe('no-right')
    expect(await place(reviewer, log, toBatch(reviewer, log, { class: 'card' }), rightsOf([reviewer, 3]))).toBe(
      'no-right',
    )
    const read = await reviewer.server.read(log.log, 0)
    expect(read.map(({ at, placedBy }) => [at, placedBy])).toEqual([
      [0, owner.login],
      [1, reviewer.login],
      [2, lead.login],
    ])
    expect(read.map((batch) => Buffer.from(toHead(batch)).toString('hex'))).toEqual(
      read.map(({ head }) => Buffer.from(head).toString('hex')),
    )
    expect(await stranger.server.read(log.log, 0)).toEqual([])
    expect((await stranger.server.heads(null)).logs).toEqual([])
    const { logs, cursor } = await lead.server.heads(null)
    expect(logs).toMatchObject([{ log: log.log, next: 3 }])
    expect((await lead.server.heads(cursor)).logs.length).toBeLessThan(2)
    expect(await place(reviewer, log, toBatch(reviewer, log))).toBe('placed')
    expect((await lead.server.heads(cursor)).logs).toMatchObject([{ log: log.log, next: 4 }])
  })

  it('sends a change once it has an approval by another member that no sending has used', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const lead = await admit(address, owner.server)
    const log = await openLog(owner, [lead, 3])
    expect(
      await place(owner, log, toBatch(owner, log, { class: 'card' }), {
        ...rightsOf([owner, 3], [lead, 3]),
        approvals: true,
      }),
    ).toBe('placed')
    const change = randomUUID()
    const of = (by: LoggedIn, kind: Batch['class']): Batch => toBatch(by, log, { class: kind, change })
    expect(await place(lead, log, of(lead, 'added'))).toBe('placed')
    expect(await place(owner, log, of(owner, 'added'))).toBe('added-before')
    expect(await place(lead, log, of(lead, 'sending'))).toBe('not-approved')
    expect(await place(lead, log, of(lead, 'approved'))).toBe('placed')
    expect(await place(lead, log, of(lead, 'sending'))).toBe('not-approved')
    expect(await place(owner, log, of(owner, 'approved'))).toBe('placed')
    expect(await place(lead, log, of(lead, 'sending'))).toBe('placed')
    expect(await place(lead, log, of(lead, 'sending'))).toBe('not-approved')
  })

  it('restores what it lost exactly, gives no right by that, and appends nothing meanwhile', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const member = await admit(address, owner.server)
    const log = await openLog(owner, [member, 2])
    for (let count = 0; count < 3; count += 1) expect(await place(member, log, toBatch(member, log))).toBe('placed')
    const held = await member.server.read(log.log, 0)
    await server.postgres.sql(
      `DELETE FROM castellan.batch WHERE at >= 2; UPDATE castellan.log SET next = 2, head = (SELECT head FROM castellan.batch WHERE at = 1)`,
      address.database,
    )
    expect(await member.server.refill(held.slice(3))).toBe('does-not-fit')
    expect(await member.server.refill(held.slice(2).map((batch) => ({ ...batch, box: bytes(200) })))).toBe(
      'does-not-fit',
    )
    expect(await member.server.refill(held.slice(2))).toBe('filled')
    expect(await place(member, log, toBatch(member, log))).toBe('restoring')
    expect((await member.server.heads(null)).restoring).toBe(true)
    await owner.server.goOn()
    expect(await place(member, log, toBatch(member, log))).toBe('placed')
    await server.postgres.sql(
      'TRUNCATE castellan.batch, castellan.log, castellan.may, castellan.wrap CASCADE',
      address.database,
    )
    expect(await member.server.refill(held)).toBe('does-not-fit')
    expect(await owner.server.refill(held)).toBe('filled')
    expect((await member.server.heads(null)).logs).toEqual([])
    await owner.server.setRights(log.log, rightsOf([owner, 3], [member, 2]))
    expect((await member.server.heads(null)).logs).toMatchObject([{ log: log.log, next: 4 }])
  })

  it('ends a login with its rights and sessions, of a member also by their own device, and of others by owners alone', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const [anna, own, other] = [
      await admit(address, owner.server),
      await admit(address, owner.server),
      await admit(address, owner.server),
    ]
    const second = await admit(address, owner.server, { member: anna.member })
    expect(await refusal(own.server.heads(null))).toBe('done')
    expect(await refusal(other.server.shut(own.login))).toBe('not-allowed')
    expect(await refusal(anna.server.shut(second.login))).toBe('done')
    expect(await refusal(second.server.heads(null))).toBe('other-login')
    await owner.server.shut(own.login)
    expect(await refusal(own.server.heads(null))).toBe('other-login')
    expect(await refusal(anna.server.heads(null))).toBe('done')
    expect(await refusal(owner.server.shut('postgres'))).toBe('done')
    expect(await server.postgres.sql("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'postgres'")).toContain('t')
    await anna.server.setPassword(await createScramVerifierOf('another'))
    expect(await refusal(logIn(address, anna.login).heads(null))).toBe('other-login')
    expect(await refusal(logIn(address, anna.login, 'another').heads(null))).toBe('done')
  })

  it('hears of a change within a second, and of nothing else', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const member = await admit(address, owner.server)
    const log = await openLog(owner, [member, 2])
    let notices = 0
    const heard = await member.server.listen(() => {
      notices += 1
    })
    expect(heard.isHeard).toBe(true)
    const before = notices
    expect(await place(owner, log, toBatch(owner, log))).toBe('placed')
    await owner.server.notify([log.log])
    await expect.poll(() => notices).toBe(before + 1)
    await heard.close()
  })

  it('gives turns to one device at a time, and a device its own again', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const [anna, ben] = [await admit(address, owner.server), await admit(address, owner.server)]
    const log = await openLog(owner, [anna, 2], [ben, 2])
    const turn = { log: log.log, job: randomUUID() }
    expect(await anna.server.takeTurns([turn], 10, false)).toEqual([turn])
    expect(await anna.server.takeTurns([turn], 10, false)).toEqual([turn])
    expect(await ben.server.takeTurns([turn], 10, true)).toEqual([])
    await anna.server.giveTurn(turn, Date.now() + 10 * 365 * 86_400_000)
    expect(await ben.server.takeTurns([turn], 10, false)).toEqual([])
    const [row] = await ben.server.listTurns(log.log)
    expect(row?.due ?? 0).toBeLessThan(Date.now() + 31 * 86_400_000)
    expect(await ben.server.takeTurns([turn], 10_000, true)).toEqual([turn])
    const [taken] = await ben.server.listTurns(log.log)
    expect(taken?.until ?? 0).toBeLessThan(Date.now() + 61 * 60_000)
  })

  it('keeps blobs and figures of those who may append, within their room', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const [writer, viewer] = [await admit(address, owner.server), await admit(address, owner.server)]
    const log = await openLog(owner, [writer, 2], [viewer, 1])
    const blob = { address: bytes(32), sealed: bytes(500_000) }
    expect(await refusal(viewer.server.putBlobs(log.log, [blob]))).toBe('not-allowed')
    await writer.server.putBlobs(log.log, [blob, { address: bytes(32), sealed: bytes(10) }])
    expect(await viewer.server.getBlobs(log.log, [blob.address])).toEqual([blob])
    expect(await viewer.server.lackBlobs(log.log, [blob.address, bytes(32)])).toHaveLength(1)
    expect((await writer.server.append(toBatch(writer, log), [bytes(32)], null)).outcome).toBe('blob-missing')
    await owner.server.giveRoom(writer.login, -2e9)
    expect(await refusal(writer.server.putBlobs(log.log, [{ address: bytes(32), sealed: bytes(100) }]))).toBe('full')
    expect(await place(writer, log, toBatch(writer, log))).toBe('no-room')
    await writer.server.putFigures([{ log: log.log, sealed: bytes(100), at: 5 }])
    await viewer.server.putFigures([{ log: log.log, sealed: bytes(100), at: 6 }])
    expect(await viewer.server.getFigures([log.log])).toMatchObject([{ log: log.log, at: 5, device: writer.device }])
  })
})
