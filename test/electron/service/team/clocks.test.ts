import { afterEach, expect, it } from 'vitest'

import { toStatusLines } from '../../../../electron/cli/verbs/team/fields.ts'
import { getConnection } from '../../../../electron/register/connections/connection.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { LEASE_MS, takeReadingLeases } from '../../../../electron/service/team/reading-leases.ts'
import { connected, northfold, NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { newService } from '../services.ts'
import { MemoryServers, prepareInMemory } from './memory-servers.ts'
import { foundedService, joinedService } from './teams.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const zone = process.env['TZ']

/** The time zone of the device that works next. */
function setZone(name: string | undefined): void {
  if (name === undefined) delete process.env['TZ']
  else process.env['TZ'] = name
}

afterEach(() => setZone(zone))

/** The history of the team as a register holds it, with its verdicts, and what follows from it. */
async function read({ api, context }: Service) {
  const reader = getReader(context)
  // Whose review had no effect keeps it as cancelled.
  const reviews = (await api.reviews.list({})).rows.filter(({ state }) => state !== 'withdrawn')
  const items = await Promise.all(reviews.map(({ reviewId }) => api.reviews.items({ reviewId, limit: 500 })))
  return {
    entries: reader.all<{ readonly void_reason: string | null }>(
      'SELECT stream, seq, op, member, void_reason FROM team_entry ORDER BY stream, seq',
    ),
    notes: (await api.client.get({ slug: 'acme' })).notes,
    keys: (await api.keys.list({ limit: 500 })).rows.map(({ name }) => name),
    syncs: reader.all('SELECT uid, state, started_at, operator FROM sync ORDER BY id'),
    reviews: reviews.map(({ kind, state, signed, acknowledged }) => ({ kind, state, signed, acknowledged })),
    items: items.map(({ rows }) => rows.map(({ name, record }) => [name, record?.decision, record?.by])),
  }
}

const readClock = async ({ api }: Service): Promise<string | null> => (await api.team.status()).clock

it('devices a day behind, a year ahead and in other time zones have one order, one set of verdicts and the same tables', async () => {
  const [servers, prepared, fake] = [new MemoryServers(), prepareInMemory(), await northfold()]
  const offsets = { mara: -DAY, anna: 365 * DAY, ben: 0 }
  const make = (of: keyof typeof offsets) => () =>
    newService({ teamServers: servers, now: () => servers.now + offsets[of] })
  const mara = await foundedService(prepared, make('mara'))
  const connection = await connected(mara.api, fake, { client: 'acme' })
  const anna = await joinedService(mara, prepared, { name: 'Anna', email: 'anna@northlight.example' }, make('anna'))
  setZone('Pacific/Kiritimati')
  const ben = await joinedService(mara, prepared, { name: 'Ben', email: 'ben@northlight.example' }, make('ben'))
  for (const member of ['anna', 'ben'])
    await mara.api.team.grant({ client: 'acme', member: `${member}@northlight.example`, role: 'lead' })
  const exchange = async (): Promise<void> => {
    for (const { api } of [mara, anna, ben, mara, anna, ben]) {
      servers.now += 1000
      await api.team.exchange()
    }
  }
  await exchange()

  // The server's clock gives the turn to read: one that is a year ahead ends no turn, and one that is a day behind begins none later.
  const [{ id: hers } = { id: 0 }] = await anna.api.connection.list({})
  await anna.api.connection.setCredential({ id: hers, credential: NORTHFOLD_CREDENTIAL })
  const take = async ({ context }: Service, id: number) => [
    ...(await takeReadingLeases(context, [getConnection(getReader(context), id)!], true)).values(),
  ]
  const [turn] = await take(mara, connection)
  expect(await take(anna, hers)).toEqual([])
  servers.now += LEASE_MS + 1
  const [next] = await take(anna, hers)
  expect(next?.name.token).toBe((turn?.name.token ?? 0) + 1)
  expect(await take(mara, connection)).toEqual([])
  await next?.end(0)
  // A reading that began a year later by its author's clock is followed by the one that was placed after it.
  for (const service of [anna, mara]) {
    expect((await synced(service.api)).map(({ result }) => result?.state)).toEqual(['complete'])
    await exchange()
  }

  // Of decisions whose authors had not read each other, the one that was placed last is on all devices.
  await anna.api.client.update({ slug: 'acme', notes: 'by Anna' })
  // A leap second: the clock shows one second twice.
  offsets.ben = -1000
  await ben.api.client.update({ slug: 'acme', notes: 'by Ben' })
  await mara.api.client.update({ slug: 'acme', notes: 'by Mara' })
  for (const { api } of [anna, ben, mara]) await api.team.exchange()
  // The review that was placed first is the one, though the other was opened a year earlier by the clocks.
  const OPENING = { kind: 'roles', client: 'acme', override: 'It has no administrator.' } as const
  await mara.api.reviews.open(OPENING)
  const { reviewId } = await anna.api.reviews.open(OPENING)
  await anna.api.team.exchange()
  await exchange()
  const findOpen = async ({ api }: Service) =>
    (await api.reviews.list({ state: 'open' })).rows.map((row) => row.reviewId)[0] ?? 0
  const decide = async (service: Service, why: string) =>
    service.api.reviews.decide({ reviewId: await findOpen(service), items: {}, decision: 'keep', why })
  await decide(mara, 'Needed.')
  setZone('America/Los_Angeles')
  await decide(ben, 'Still needed.')
  await exchange()
  await ben.api.reviews.sign({ reviewId: await findOpen(ben), as: 'Ben' })
  await exchange()
  await anna.api.reviews.acknowledge({ reviewId, as: 'Anna' })
  await exchange()
  const [first, ...others] = await Promise.all([mara, anna, ben].map(read))
  expect(first).toMatchObject({
    notes: 'by Mara',
    syncs: [{ operator: 'Anna' }, { operator: 'Mara Lind' }],
    reviews: [{ state: 'acknowledged', signed: { by: 'Ben' }, acknowledged: { by: 'Anna' } }],
  })
  expect(first?.keys).not.toEqual([])
  expect(others).toEqual([first, first])
  expect(first?.entries.filter(({ void_reason: reason }) => reason !== null)).toMatchObject([
    { void_reason: 'review-open-already' },
  ])
  expect(new Set(first?.items.flat().map(([, decision]) => decision))).toEqual(new Set(['keep']))
  for (const { api } of [mara, anna, ben]) expect((await api.evidence.verifyRegister()).problems).toEqual([])

  // All see which decisions a wrong clock made: all that were dated after they were placed, and those that were dated before what their
  // author had read. What was placed later alone, such as by a device that was offline, is none of these.
  const listed = await Promise.all(
    [mara, anna, ben].map(async ({ api }) =>
      (await api.team.status()).clocks.map((entry) => ({ ...entry, own: false })),
    ),
  )
  expect(listed.slice(1)).toEqual([listed[0], listed[0]])
  const marks = Map.groupBy(listed[0] ?? [], ({ member }) => member)
  const { members } = await ben.api.team.status()
  const countPlaced = (name: string): number =>
    getReader(ben.context).value<number>('SELECT count(*) FROM team_entry WHERE is_counted = 1 AND device = ?', [
      members.find((member) => member.name === name)?.devices[0]?.uid ?? null,
    ]) ?? 0
  expect(new Set(marks.keys())).toEqual(new Set(['Anna', 'Mara Lind']))
  expect(marks.get('Anna')).toHaveLength(countPlaced('Anna'))
  for (const { at, placedAt, clockMs } of marks.get('Anna') ?? []) {
    expect([clockMs, Math.round(clockMs / DAY)]).toEqual([at - placedAt, 365])
  }
  const decided = (marks.get('Mara Lind') ?? []).map((entry) => entry.decided)
  expect(decided).toEqual([
    expect.stringMatching(/^Batch of a review decided: /u),
    expect.stringMatching(/^Access review opened: /u),
    'Client changed: Acme',
    expect.stringMatching(/^Connection read: /u),
  ])
  for (const { at, placedAt, clockMs } of marks.get('Mara Lind') ?? []) {
    // That something was placed later alone is not counted: the mark is what is sure, and a little less than the whole.
    expect([placedAt - at >= -clockMs, Math.round(clockMs / DAY)]).toEqual([true, -1])
  }
  expect(toStatusLines(await ben.api.team.status()).join('\n')).toMatch(
    /A clock was wrong: acme \d+\. .+ Decided at .+ by the clock of Anna’s device; the server placed it at .+\. That clock was about 365 days ahead\./u,
  )
  // The review marks them too, where its signatures and decisions are shown.
  const clocksOf = async ({ api }: Service) => {
    const [{ reviewId: of, acknowledged } = { reviewId: 0, acknowledged: null }] = (
      await api.reviews.list({ state: 'acknowledged' })
    ).rows
    const decidedAt = (await api.reviews.items({ reviewId: of, limit: 500 })).rows.map(({ record }) => record?.at)
    return { clocks: (await api.reviews.get({ reviewId: of })).team?.clocks, acknowledged, decidedAt }
  }
  const byBen = await clocksOf(ben)
  expect(byBen.clocks?.map(({ kind, by, clockMs }) => [kind, by, Math.round(clockMs / DAY)])).toEqual([
    ['review.opened', 'Anna', 365],
    ['review.decided', 'Mara Lind', -1],
    ['review.acknowledged', 'Anna', 365],
  ])
  expect(byBen.clocks?.at(-1)?.at).toBe(byBen.acknowledged?.at)
  expect((await clocksOf(anna)).clocks).toEqual(byBen.clocks)

  // Each sees how its clock differs, also in a process that has not asked the server, until it is set.
  const ADVICE = 'Set the one that is wrong: others see the times of this device in what is decided here.'
  expect(await Promise.all([mara, anna, ben].map(readClock))).toEqual([
    `The clock of this device is 24 hours behind the server’s. ${ADVICE}`,
    `The clock of this device is 365 days ahead of the server’s. ${ADVICE}`,
    null,
  ])
  const { profile, secrets } = anna.context.session()
  await anna.close()
  const again = await newService({ profile, secrets, teamServers: servers, mode: 'read' })
  expect(toStatusLines(await again.api.team.status())).toContain(
    `! The clock of this device is 365 days ahead of the server’s. ${ADVICE}`,
  )
  for (const [offset, shown] of [
    [5 * MINUTE, null],
    [5 * MINUTE + 1, '5 minutes ahead of'],
    [-3 * 60 * MINUTE, '3 hours behind'],
    [0, null],
  ] as const) {
    offsets.ben = offset
    await ben.api.team.exchange()
    expect(await readClock(ben)).toBe(shown && `The clock of this device is ${shown} the server’s. ${ADVICE}`)
  }
})

it('a slow answer of the server is not taken for a difference of clocks', async () => {
  const servers = new MemoryServers()
  const founder = await foundedService(prepareInMemory(), () =>
    newService({ teamServers: servers, now: () => servers.now }),
  )
  servers.before = (call) => {
    if (call === 'server') servers.now += DAY
  }
  await founder.api.team.exchange()
  expect(await readClock(founder)).toBeNull()
})

it('a time of placing counts where the server gives one and the author’s own device placed the entry', async () => {
  const servers = new MemoryServers()
  const prepared = prepareInMemory()
  let ahead = 0
  const make = (): Promise<Service> => newService({ teamServers: servers, now: () => servers.now + ahead })
  const mara = await foundedService(prepared, make)
  ahead = DAY
  for (const notes of ['one', 'two', 'three', 'four']) {
    await mara.api.client.update({ slug: 'acme', notes })
    await mara.api.team.exchange()
  }
  ahead = 0
  const marked = (await mara.api.team.status()).clocks
  expect(marked.map(({ own, clockMs }) => [own, clockMs])).toEqual(Array.from({ length: 4 }, () => [true, DAY]))
  const stored = servers.stored(marked[0]?.stream ?? '')
  const [first = 0] = marked.map(({ position }) => position).toSorted((a, b) => a - b)
  // What the owner of the database may write there, and what another device placed again after it was lost.
  stored[first] = { ...stored[first]!, placedAt: 1e300 }
  stored[first + 1] = { ...stored[first + 1]!, placedAt: -1 }
  stored[first + 2] = { ...stored[first + 2]!, pushedBy: 'castellan_other' }
  const auditor = { name: 'Anna', email: 'anna@northlight.example', roles: ['auditor'] as const }
  const anna = await joinedService(mara, prepared, auditor, make)
  await anna.api.team.exchange()
  expect((await anna.api.client.get({ slug: 'acme' })).notes).toBe('four')
  expect((await anna.api.team.status()).clocks).toEqual([{ ...marked[0], own: false }])
})
