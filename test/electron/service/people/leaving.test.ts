import { beforeEach, describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { bytes } from '../files/importing.ts'
import { refused, seeded, type Seeded } from '../seeded.ts'

let world: Seeded
let personId: number
let today: string

beforeEach(async () => {
  world = await seeded()
  today = toLocalDay(world.clock.now)
  const { rows } = await world.api.people.list({ search: 'tomas' })
  personId = rows[0]?.personId ?? 0
})

const take = (content: string, source = 'HR'): ReturnType<Seeded['api']['people']['import']> =>
  world.api.people.import({ fileName: 'hr.csv', content: new Uint8Array(bytes(content)), source })
const employment = async () => (await world.api.people.get({ personId })).employment
const found = async (): Promise<number> => (await world.api.findings.list({ rule: 'leaver-with-access' })).total
const actions = (): string[] =>
  getReader(world.service.context).column<string>(
    `SELECT action FROM journal WHERE action LIKE 'person.leaving%' ORDER BY seq`,
  )

describe('a person who is marked as leaving manually', () => {
  it('is a leaver from today on, with findings and a row among the leavers, until the mark is removed', async () => {
    const marked = await world.api.people.markLeaving({ personId, on: today, reason: 'Contract ended' })
    expect(marked).toMatchObject({
      departed: true,
      endsOn: today,
      source: 'Marked manually',
      mark: { on: today, reason: 'Contract ended', at: world.clock.now },
    })
    expect(marked.mark).not.toHaveProperty('before')
    expect((await world.api.leavers.list({})).rows).toMatchObject([{ personId, state: 'holds' }])
    expect(await found()).toBe(1)
    expect(
      (await world.api.remediation.proposals({ origins: [{ kind: 'person', id: personId }] })).length,
    ).toBeGreaterThan(0)
    expect(await world.api.people.unmarkLeaving({ personId })).toEqual({ employment: null })
    expect([await found(), (await world.api.leavers.list({})).total]).toEqual([0, 0])
    expect(actions()).toEqual(['person.leaving', 'person.leaving-undone'])
  })

  it('is not a report of HR: until an HR file names someone in scope, it is unknown who has left, and then it is known that no one did', async () => {
    const isReported = async (): Promise<boolean> => (await world.api.leavers.list({ limit: 1 })).reported
    expect(await isReported()).toBe(false)
    await world.api.people.markLeaving({ personId, on: today, reason: 'Contract ended' })
    expect(await isReported()).toBe(false)
    await world.api.people.unmarkLeaving({ personId })
    await take('Email,Status,Department\ntomas@acme.example,Active,Ops\n')
    expect(await isReported()).toBe(true)
    expect((await world.api.leavers.list({})).total).toBe(0)
    await world.api.people.markLeaving({ personId, on: today, reason: 'Contract ended' })
    expect(await isReported()).toBe(true)
  })

  it('with a later last day leaves after that day, not before', async () => {
    const on = addDays(today, 7)
    expect(await world.api.people.markLeaving({ personId, on, reason: 'Notice given' })).toMatchObject({
      departed: false,
      endsOn: on,
    })
    expect((await world.api.leavers.list({})).total).toBe(0)
    world.clock.now += 9 * 86_400_000
    expect((await world.api.leavers.list({})).rows).toMatchObject([{ personId, endsOn: on }])
  })

  it('keeps what HR reported, which holds again when the mark is removed, also after a second mark', async () => {
    await take('Email,Status,Department\ntomas@acme.example,Active,Ops\n')
    const before = await employment()
    await world.api.people.markLeaving({ personId, on: addDays(today, 7), reason: 'Notice given' })
    await world.api.people.markLeaving({ personId, on: today, reason: 'Left early' })
    expect(await employment()).toMatchObject({ department: 'Ops', status: 'departed', mark: { reason: 'Left early' } })
    expect(await world.api.people.unmarkLeaving({ personId })).toEqual({ employment: before })
  })

  it('stays marked when an HR file reports them as employed, and the import shows it', async () => {
    await take('Email,Status\ntomas@acme.example,Active\n')
    await world.api.people.markLeaving({ personId, on: today, reason: 'Contract ended' })
    const done = await take('Email,Status\ntomas@acme.example,Active\n')
    expect(done.rows).toMatchObject([
      { action: 'same', detail: expect.stringContaining('The file reports no departure, so the mark stays') as string },
    ])
    expect(done.notices.join(' ')).toContain('a manual mark')
    expect(await employment()).toMatchObject({ departed: true, source: 'Marked manually' })
  })

  it('follows the HR file once it reports the departure too', async () => {
    await world.api.people.markLeaving({ personId, on: today, reason: 'Contract ended' })
    const lastDay = addDays(today, -3)
    await take(`Email,Status,End date\ntomas@acme.example,Left,${lastDay}\n`)
    expect(await employment()).toMatchObject({ departed: true, source: 'HR', endsOn: lastDay, mark: null })
    expect((await refused(world.api.people.unmarkLeaving({ personId }))).code).toBe('CONFLICT')
  })
})

describe('a manual mark is refused', () => {
  it('for a person whose departure HR reports, and for a later last day than HR reports', async () => {
    const soon = addDays(today, 5)
    await take(`Email,Status,End date\ntomas@acme.example,Active,${soon}\n`)
    const later = { personId, on: addDays(soon, 1), reason: 'Stays longer' }
    expect((await refused(world.api.people.markLeaving(later))).message).toContain(soon)
    await take('Email,Status\ntomas@acme.example,Left\n')
    expect((await refused(world.api.people.markLeaving({ ...later, on: today }))).code).toBe('CONFLICT')
  })

  it('without a reason, for an unknown person, and with a secret in the reason', async () => {
    const asked = { personId, on: today, reason: 'x' }
    expect((await refused(world.api.people.markLeaving({ ...asked, personId: 9999 }))).code).toBe('NOT_FOUND')
    const secret = 'sk-proj-0123456789abcdefghij0123'
    expect((await refused(world.api.people.markLeaving({ ...asked, reason: secret }))).code).toBe('INVALID')
    await expect(world.api.people.markLeaving({ ...asked, reason: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(actions()).toEqual([])
  })
})
