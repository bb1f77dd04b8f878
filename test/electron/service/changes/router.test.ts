import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'
import { grant, newConnection, project, getReading, user } from '../../register/registers.ts'
import { newService } from '../services.ts'

const DAY = 86_400_000
const day = (n: number): number => Date.UTC(2026, 10, 1) + n * DAY

/** One sync of a small organization in which these people hold a role. */
function sync(service: Service, connection: number, at: number, people: readonly string[]): number {
  return makeRegister(service.context).transact((writer) =>
    applyReading(
      writer,
      getReading(
        connection,
        [
          { source: 'projects', facts: [project('p1')] },
          { source: 'users', facts: people.map((name) => user(name)) },
          { source: 'project-users', project: 'p1', facts: people.map((name) => grant(name, 'p1')) },
        ],
        at,
      ),
    ),
  ).syncId
}

/** Two clients; the first was synced on 1 and 3 November at noon, the second only on the 2nd. */
async function twoClients(): Promise<{ service: Service; first: number; other: number; last: number }> {
  const service = await newService({ now: () => day(10) })
  const register = makeRegister(service.context)
  const [acme, second] = [newConnection(register, 'acme'), newConnection(register, 'other')]
  const first = sync(service, acme, day(0) + DAY / 2, ['ann', 'bob'])
  const other = sync(service, second, day(1) + DAY / 2, ['cat'])
  const last = sync(service, acme, day(2) + DAY / 2, ['bob', 'dan'])
  return { service, first, other, last }
}

async function reported(service: Service, input: Inputs['changes']['list']): Promise<string[]> {
  const { rows } = await service.api.changes.list(input)
  return rows.map((row) => `${row.kind} ${row.subject.name}`)
}

const BETWEEN = ['access-gained dan', 'access-lost ann', 'person-joined dan', 'person-left ann']

describe('changes.list', () => {
  it('counts what the first sync of a connection found in one row, and lists it from the beginning of all syncs', async () => {
    const { service } = await twoClients()
    const since = { day: '2026-10-01' }
    expect(await reported(service, { client: 'acme', since })).toEqual([...BETWEEN, 'first-reading acme openai'])
    const { rows, counts } = await service.api.changes.list({ client: 'other', since })
    expect(rows).toMatchObject([
      { kind: 'first-reading', after: '0 keys, 1 person, 1 project', subject: { kind: 'connection' } },
    ])
    expect(counts).toEqual([{ kind: 'first-reading', count: 1 }])
    expect(await reported(service, { client: 'other', since: { at: 0 } })).toEqual([
      'access-gained cat',
      'person-joined cat',
      'project-created p1',
    ])
    expect((await service.api.changes.markdown({ client: 'other', since })).text).toContain('| First reading |')
  })

  it('takes a day as its beginning in since and as its end in until', async () => {
    const { service } = await twoClients()
    const acme = { client: 'acme' }
    expect(await reported(service, { ...acme, since: { day: '2026-11-03' } })).toEqual(BETWEEN)
    expect(await reported(service, { ...acme, since: { day: '2026-11-03' }, until: { day: '2026-11-03' } })).toEqual(
      BETWEEN,
    )
    expect(await reported(service, { ...acme, since: { day: '2026-11-04' } })).toEqual([])
    expect(await reported(service, { ...acme, since: { day: '2026-11-02' }, until: { day: '2026-11-02' } })).toEqual([])
  })

  it('takes an instant and a sync of any client', async () => {
    const { service, first, other, last } = await twoClients()
    const acme = { client: 'acme' }
    for (const since of [{ sync: first }, { sync: other }, { at: day(2) }]) {
      expect(await reported(service, { ...acme, since })).toEqual(BETWEEN)
    }
    expect(await reported(service, { ...acme, since: { sync: first }, until: { sync: other } })).toEqual([])
    expect(await reported(service, { since: { sync: last } })).toEqual([])
    expect(await reported(service, { since: { sync: first }, until: { at: day(2) } })).toEqual([
      'access-gained cat',
      'person-joined cat',
      'project-created p1',
    ])
  })

  it('counts every kind regardless of the filter, and returns any slice of the list', async () => {
    const { service, first } = await twoClients()
    const input = { client: 'acme', since: { sync: first } }
    const all = await service.api.changes.list(input)
    expect(all.total).toBe(4)
    const some = await service.api.changes.list({
      ...input,
      kinds: ['access-lost', 'person-left'],
      offset: 1,
      limit: 1,
    })
    expect(some).toMatchObject({ total: 2, counts: all.counts, rows: [{ kind: 'person-left' }] })
    expect(all.counts).toEqual([
      { kind: 'access-gained', count: 1 },
      { kind: 'access-lost', count: 1 },
      { kind: 'person-joined', count: 1 },
      { kind: 'person-left', count: 1 },
    ])
    expect(all.compared).toMatchObject([{ client: { slug: 'acme' }, from: first, to: first + 2 }])
    const ann = all.rows.find((row) => row.subject.name === 'ann')?.subject.personId ?? 0
    expect(await reported(service, { ...input, person: ann })).toEqual(['access-lost ann', 'person-left ann'])
    expect(await reported(service, { since: { at: 0 }, connection: 2 })).toHaveLength(3)
  })

  it('are compared again after the next sync', async () => {
    const { service, first } = await twoClients()
    const input = { client: 'acme', since: { sync: first } }
    expect(await reported(service, input)).toEqual(BETWEEN)
    sync(service, 1, day(5), ['ann', 'bob'])
    expect(await reported(service, input)).toEqual([])
  })

  it.each([
    [{ since: { sync: 99 } }, 'NOT_FOUND', /Sync 99/u],
    [{ since: { sync: 1 }, until: { sync: 99 } }, 'NOT_FOUND', /Sync 99/u],
    [{ client: 'nobody', since: { sync: 1 } }, 'NOT_FOUND', /nobody/u],
    [{ since: { sync: 3 }, until: { sync: 1 } }, 'INVALID', /sync 3 is later than sync 1/u],
    [{ since: { day: '2026-11-03' }, until: { day: '2026-11-02' } }, 'INVALID', /2026-11-03 is later/u],
    [{ since: { sync: 3 }, until: { day: '2026-11-02' } }, 'INVALID', /sync 3 is later than 2026-11-02/u],
  ])('refuses %j', async (input, code, message) => {
    const { service } = await twoClients()
    for (const ask of [service.api.changes.list, service.api.changes.markdown] as const) {
      await expect(ask(input)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
        data: { hint: expect.stringMatching(/\w/u) },
      })
    }
  })
})

describe('a day that no calendar has', () => {
  it('is refused', async () => {
    const { service } = await twoClients()
    await expect(service.api.changes.list({ since: { day: '2026-02-30' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['since', 'day'], message: 'This day does not exist' }] },
    })
  })
})

describe('changes.timeline', () => {
  it('has the syncs in scope, newest first, with the number of changes of each', async () => {
    const { service, first, other, last } = await twoClients()
    const points = async (client?: string): Promise<(readonly [number, number])[]> =>
      (await service.api.changes.timeline({ client })).map((point) => [point.syncId, point.changes] as const)
    expect(await points()).toEqual([
      [last, 4],
      [other, 3],
      [first, 5],
    ])
    expect(await points('other')).toEqual([[other, 3]])
    const next = sync(service, 1, day(5), ['bob'])
    expect(await points('acme')).toEqual([
      [next, 2],
      [last, 4],
      [first, 5],
    ])
    expect((await service.api.changes.timeline({ limit: 1 }))[0]).toMatchObject({
      at: day(5),
      state: 'complete',
      client: { slug: 'acme' },
    })
    expect((await service.api.changes.timeline({})).map((point) => point.before)).toEqual([last, first, null, null])
    await expect(service.api.changes.timeline({ client: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('changes.markdown', () => {
  it('states what was compared, every change on a line of its own, and the filters', async () => {
    const { service, first } = await twoClients()
    const { text } = await service.api.changes.markdown({
      client: 'acme',
      since: { sync: first },
      kinds: ['access-lost'],
    })
    expect(text).toBe(`## Changes: acme

Between sync 1 and now (UTC): 1 change (access lost 1). Only access lost.

| Read (UTC) | Client | Connection | Change | What | Project | Before | After | By |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 2026-11-03T12:00:00Z | acme | acme openai | Access lost | ann | p1 | member |  |  |

### Compared

| Client | Connection | From | To |
| --- | --- | --- | --- |
| acme | acme openai | sync 1 | sync 3 |
`)
  })
})

describe('changes since a review', () => {
  /** Opens a review on what was read so far and signs it, through the operations that people use. */
  async function reviewed(service: Service, client: string, kind: 'roles' | 'keys' | 'membership'): Promise<number> {
    const { api } = service
    const { reviewId, state } = await api.reviews.open({ client, kind, override: 'It has no administrator.' })
    if (state === 'open') {
      await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'All are needed.' })
      await api.reviews.sign({ reviewId, as: 'Mara' })
    }
    return reviewId
  }

  /** Reviewed after the first sync; then another sync. */
  async function reviewedOnce(): Promise<{ service: Service; acme: number; review: number; now: { at: number } }> {
    const now = { at: day(1) }
    const service = await newService({ now: () => now.at })
    const register = makeRegister(service.context)
    const [acme, second] = [newConnection(register, 'acme'), newConnection(register, 'other')]
    sync(service, acme, day(0), ['ann', 'bob'])
    sync(service, second, day(0), ['cat'])
    const review = await reviewed(service, 'acme', 'roles')
    sync(service, acme, day(2), ['bob', 'dan'])
    sync(service, second, day(2), ['eve'])
    now.at = day(3)
    return { service, acme, review, now }
  }

  it('lists what changed since its syncs, of its client alone', async () => {
    const { service, review } = await reviewedOnce()
    const since = { review }
    expect((await reported(service, { since })).toSorted()).toEqual(BETWEEN)
    expect((await reported(service, { client: 'acme', since })).toSorted()).toEqual(BETWEEN)
    expect((await reported(service, { since: { lastReview: 'any' } })).toSorted()).toEqual(BETWEEN)
    expect((await reported(service, { client: 'acme', since: { lastReview: 'roles' } })).toSorted()).toEqual(BETWEEN)
    const { compared } = await service.api.changes.list({ since: { lastReview: 'any' } })
    expect(compared.map((each) => each.client.slug)).toEqual(['acme'])
    const { text } = await service.api.changes.markdown({ since })
    expect(text).toMatch(/^## Changes: acme\n\nBetween review 1 and now/u)
  })

  it('takes the later of two, one kind of them, and the span between them', async () => {
    const { service, review, now } = await reviewedOnce()
    const later = await reviewed(service, 'acme', 'membership')
    now.at = day(4)
    expect(await reported(service, { client: 'acme', since: { lastReview: 'any' } })).toEqual([])
    expect((await reported(service, { client: 'acme', since: { lastReview: 'roles' } })).toSorted()).toEqual(BETWEEN)
    expect((await reported(service, { since: { review }, until: { review: later } })).toSorted()).toEqual(BETWEEN)
    await expect(reported(service, { since: { review: later }, until: { review } })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  it('treats a connection that was added later as new', async () => {
    const { service, review } = await reviewedOnce()
    const added = newConnection(makeRegister(service.context), 'acme')
    sync(service, added, day(3), ['zoe'])
    const rows = await reported(service, { since: { review }, connection: added })
    expect(rows).toContain('person-joined zoe')
  })

  it('does not count a review that is open or cancelled as the last', async () => {
    const { service } = await reviewedOnce()
    await service.api.reviews.open({ client: 'acme', kind: 'membership', override: 'It has no administrator.' })
    expect((await reported(service, { client: 'acme', since: { lastReview: 'any' } })).toSorted()).toEqual(BETWEEN)
  })

  it('refuses what does not exist', async () => {
    const { service, review } = await reviewedOnce()
    await expect(reported(service, { since: { review: 99 } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(reported(service, { client: 'other', since: { review } })).rejects.toMatchObject({ code: 'INVALID' })
    await expect(reported(service, { client: 'other', since: { lastReview: 'any' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'No review was signed for other yet.',
    })
    await expect(reported(service, { since: { lastReview: 'keys' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
