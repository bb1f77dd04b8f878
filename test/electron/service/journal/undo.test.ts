import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { filesUnder } from '../../../../build/freshness.mjs'
import { proposePair } from '../../../../electron/register/people/matches.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { UNDO, whyNever } from '../../../../electron/service/journal/undo.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { KINDS } from '../../../shared/decisions/kinds.ts'
import { RECORD_WORDS } from '../../../../shared/decisions/records.ts'
import { DRILL_LIMIT_MS, drawn } from '../../../drills/drill.ts'
import { keyId, NOON, refused, seeded, type Seeded } from '../seeded.ts'

const root = resolve(import.meta.dirname, '../../../..')
const TODAY = toLocalDay(NOON)
const ACTIONS = [...KINDS, ...Object.keys(RECORD_WORDS)]
const UNDOABLE = ACTIONS.filter((action) => whyNever(action) === null)
const client = 'acme'

/** What one register has for the acts of this test. */
interface World extends Seeded {
  readonly key: number
  readonly people: readonly number[]
  readonly plans: readonly number[]
  readonly folder: string
}

async function prepare(): Promise<World> {
  const of = await seeded()
  const { api, service } = of
  await api.findings.evaluate()
  const people = (await api.people.list({ client })).rows.map(({ personId }) => personId)
  makeRegister(service.context).transact((writer) =>
    proposePair(writer, people[0] ?? 0, people[1] ?? 0, 'same-name', NOON),
  )
  const plans: number[] = []
  for (let n = 0; n < 3; n += 1) {
    plans.push((await api.plan.create({ client, from: { kind: 'adopt' } })).row.planId)
  }
  const folder = join(service.context.session().profile, 'records')
  mkdirSync(folder)
  writeFileSync(join(folder, 'usage.csv'), 'timestamp,feature,cost\n2026-03-01,chat,1\n')
  return { ...of, key: await keyId(api, 'prod-web-api'), people, plans, folder }
}

/** Does what an action records, and what it needs before. */
type Act = (of: World) => Promise<unknown>

const getFinding = async ({ api }: World): Promise<number> =>
  (await api.findings.list({ client })).rows.find(({ severity }) => severity !== 'critical')?.findingId ?? 0
const getEntry = async ({ api }: World): Promise<string> => (await api.today.list({ client })).entries[0]?.entryId ?? ''
const getPrincipal = async ({ api, people }: World): Promise<number> =>
  (await api.people.get({ personId: people[0] ?? 0 })).memberships[0]?.principalId ?? 0
const getMatch = async ({ api }: World): Promise<number> => (await api.people.matches({})).rows[0]?.matchId ?? 0
/** The change that is on the list already, or a new one. */
const addChange = async ({ api, key }: World): Promise<number> => {
  const [listed] = (await api.remediation.list({ client })).rows.filter(({ state }) => state !== 'withdrawn')
  if (listed !== undefined) return listed.remediationId
  const about = { kind: 'key', id: key } as const
  const made = await api.remediation.add({ action: 'key-delete', subject: about, values: {}, origin: about })
  return made.remediationId
}
const changePlan: Act = async ({ api, plans }) => {
  const { version, plan } = await api.plan.get({ planId: plans[0] ?? 0 })
  return api.plan.save({ planId: plans[0] ?? 0, version, plan: { ...plan, name: `${plan.name} and sons` } })
}
const saveView = ({ api }: World, name: string) => api.views.save({ client, list: 'keys', name, search: { q: 'prod' } })
const bind = async ({ api, connections, plans }: World): Promise<unknown> => {
  const planId = plans[0] ?? 0
  const organization = (await api.plan.get({ planId })).plan.organizations[0]?.name ?? ''
  await api.planApply.bindOrganization({ planId, organization, connectionId: connections.acme })
  return api.planApply.bindOrganization({ planId, organization, connectionId: null })
}

const ACTS: Readonly<Record<string, Act>> = {
  'client.changed': ({ api }) => api.client.update({ slug: client, name: 'Acme GmbH', notes: 'x' }),
  'client.archived': ({ api }) => api.client.archive({ slug: client }),
  'connection.changed': ({ api, connections }) => api.connection.update({ id: connections.acme, label: 'Main' }),
  'policy.changed': async ({ api }) => {
    await api.policy.set({ client, values: { adminKeyDays: 50 } })
    return api.policy.set({ client, values: { adminKeyDays: 60, acceptanceDays: 90 } })
  },
  'report.set': async ({ api }) => {
    await api.reports.set({ client, values: { weekly: true } })
    return api.reports.set({ client, values: { weekly: false } })
  },
  'view.saved': (of) => saveView(of, 'New'),
  'view.renamed': async (of) => of.api.views.rename({ viewId: (await saveView(of, 'Old')).viewId, name: 'Newer' }),
  'view.removed': async (of) => {
    const { viewId } = await saveView(of, 'Kept')
    await of.api.views.rename({ viewId, name: 'Kept well' })
    return of.api.views.remove({ viewId })
  },
  'budget.set': async ({ api }) => {
    await api.budgets.set({ client, amount: 1_000_000 })
    return api.budgets.set({ client, amount: 2_000_000, enforcement: 'hard', thresholds: [50] })
  },
  'budget.cleared': async ({ api }) => {
    const { budgetId } = await api.budgets.set({ client, amount: 3_000_000 })
    return api.budgets.clear({ budgetId: budgetId ?? 0 })
  },
  'price.set': ({ api }) => api.prices.set({ client, model: 'm', from: '2026-01-01', input: 1, output: 2 }),
  'price.cleared': async ({ api }) => {
    const { price } = await api.prices.set({ model: 'n', from: '2026-01-01', input: 3, output: 4 })
    return api.prices.clear({ priceId: price.priceId })
  },
  'usage.folder-added': ({ api, folder }) => api.usageFolders.add({ client, path: folder }),
  'usage.folder-removed': async ({ api, folder }) => {
    const { folderId } = await api.usageFolders.add({ client, path: folder })
    return api.usageFolders.remove({ folderId })
  },
  'usage.imported': async ({ api, folder }) =>
    Array.fromAsync(await api.usage.import({ client, path: join(folder, 'usage.csv') })),
  'finding.accepted': async (of) =>
    of.api.findings.accept({ findingId: await getFinding(of), until: addDays(TODAY, 30), reason: 'Known.' }),
  'today.snoozed': async (of) => of.api.today.snooze({ client, entry: await getEntry(of), until: addDays(TODAY, 7) }),
  'today.dismissed': async (of) => of.api.today.dismiss({ client, entry: await getEntry(of), reason: 'Agreed.' }),
  'today.restored': async (of) => {
    const entry = await getEntry(of)
    await of.api.today.snooze({ client, entry, until: addDays(TODAY, 7), reason: 'Later.' })
    return of.api.today.restore({ client, entry })
  },
  'today.noted': async (of) => of.api.today.note({ client, entry: await getEntry(of), note: 'Ask Mara' }),
  'key.described': async ({ api, key }) => {
    await api.rotation.set({ keyId: key, contact: 'Mara' })
    return api.rotation.set({ keyId: key, contact: 'Ines', notes: 'x', dueOn: addDays(TODAY, 9) })
  },
  'key.decoy': ({ api, key }) => api.rotation.setDecoy({ keyId: key, decoy: true, reason: 'In the wiki.' }),
  'key.snoozed': ({ api, key }) => api.rotation.snooze({ keyId: key, until: addDays(TODAY, 7) }),
  'key.rotated': ({ api, key }) => api.rotation.mark({ keyId: key }),
  'access.reviewed': async (of) => of.api.people.setReviewed({ principalId: await getPrincipal(of), on: TODAY }),
  'person.merged': ({ api, people }) => api.people.merge({ keep: people[0] ?? 0, other: people[1] ?? 0 }),
  'person.match-rejected': async (of) => of.api.people.decideMatch({ matchId: await getMatch(of), state: 'rejected' }),
  'person.match-reopened': async (of) => {
    const matchId = await getMatch(of)
    await of.api.people.decideMatch({ matchId, state: 'rejected' })
    return of.api.people.decideMatch({ matchId, state: 'open' })
  },
  'person.leaving': ({ api, people }) =>
    api.people.markLeaving({ personId: people[0] ?? 0, on: addDays(TODAY, 20), reason: 'Contract ends.' }),
  'person.leaving-undone': async ({ api, people }) => {
    await api.people.markLeaving({ personId: people[0] ?? 0, on: addDays(TODAY, 20), reason: 'Contract ends.' })
    return api.people.unmarkLeaving({ personId: people[0] ?? 0 })
  },
  'plan.created': ({ api }) => api.plan.create({ client, from: { kind: 'adopt' }, title: 'Another' }),
  'plan.saved': changePlan,
  'plan.restored': async (of) => {
    await changePlan(of)
    return of.api.plan.restore({ planId: of.plans[0] ?? 0, version: 1 })
  },
  'plan.renamed': ({ api, plans }) => api.plan.rename({ planId: plans[0] ?? 0, title: 'Renamed' }),
  'plan.activated': async ({ api, plans }) => {
    await api.plan.setActivated({ planId: plans[0] ?? 0, active: true })
    return api.plan.setActivated({ planId: plans[1] ?? 0, active: true })
  },
  'plan.deactivated': async ({ api, plans }) => {
    await api.plan.setActivated({ planId: plans[1] ?? 0, active: true })
    return api.plan.setActivated({ planId: plans[1] ?? 0, active: false })
  },
  'plan.removed': ({ api, plans }) => api.plan.remove({ planId: plans[2] ?? 0 }),
  'plan.reinstated': async ({ api, plans }) => {
    await api.plan.remove({ planId: plans[2] ?? 0 })
    return api.plan.bringBack({ planId: plans[2] ?? 0 })
  },
  'plan.bound': bind,
  'remediation.added': addChange,
  'remediation.done-by-hand': async (of) => of.api.remediation.markByHand({ remediationId: await addChange(of) }),
  'remediation.done-by-hand-undone': async (of) => {
    const remediationId = await addChange(of)
    await of.api.remediation.markByHand({ remediationId })
    return of.api.remediation.unmarkMany({ remediations: [remediationId] })
  },
  'review.decided': async ({ api }) => {
    const override = 'For this test.'
    const { rows } = await api.reviews.list({ client, state: 'open' })
    const { reviewId } = rows[0] ?? (await api.reviews.open({ client, kind: 'keys', override }))
    return api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'In use.' })
  },
  // Undone, it leaves two people as one, so it is the last.
  'person.split': async ({ api, people }) => {
    const { mergeId } = await api.people.merge({ keep: people[0] ?? 0, other: people[1] ?? 0 })
    return api.people.split({ mergeId })
  },
}

/** All that people decided, as the lists show it. */
async function readState({ api, people, plans, key }: World): Promise<unknown> {
  const without = <T extends object>(row: T, ...fields: string[]): object =>
    Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)))
  const listed = await api.today.list({ client })
  const hidden = await api.today.list({ client, hidden: true })
  const state = {
    clients: await api.client.list({ archived: true }),
    connections: await api.connection.list({ client }),
    policy: await api.policy.get({ client }),
    report: await api.reports.settings({ client }),
    views: (await api.views.list({ client })).map((row) => without(row, 'viewId')),
    budgets: (await api.budgets.list({ client })).map((row) => without(row, 'budgetId', 'rowKey', 'setAt')),
    prices: (await api.prices.list({})).map((row) => without(row, 'priceId', 'setAt')),
    folders: (await api.usageFolders.list({ client })).map((row) => without(row, 'folderId', 'addedAt')),
    usage: await api.usage.months({ source: 'claimed' }),
    findings: (await api.findings.list({ client })).rows.map(({ says, state: now, accepted }) => [
      says,
      now,
      accepted?.until,
    ]),
    today: listed.entries.map(({ entryId, note, contact }) => [entryId, note, contact]),
    hidden: hidden.entries.map(({ entryId }) => entryId),
    key: (await api.keys.get({ keyId: key })).row,
    persons: (await api.people.list({ client })).rows,
    leaving: (await api.people.get({ personId: people[0] ?? 0 })).employment,
    matches: (await api.people.matches({})).rows.map(({ matchId }) => matchId),
    plans: (await api.plan.list({ client })).map(({ planId, title, active }) => [planId, title, active]),
    plan: (await api.plan.get({ planId: plans[0] ?? 0 })).plan,
    // Restoring a version is a new version.
    bound: without(await api.planApply.drift({ planId: plans[0] ?? 0 }), 'version'),
    changes: (await api.remediation.list({ client })).rows
      .filter(({ state: now }) => now !== 'withdrawn')
      .map((row) => [row.remediationId, row.state]),
    items: await Promise.all(
      (await api.reviews.list({ client, state: 'open' })).rows.map(async ({ reviewId }) =>
        (await api.reviews.items({ reviewId })).rows.map(({ record }) => record?.decision),
      ),
    ),
  }
  return state
}

describe('an entry of the audit log', () => {
  it('has an action of the table, whatever writes it', () => {
    const files = filesUnder(root, 'electron').filter((file) => file.endsWith('.ts'))
    const written = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /action: (?:[\w.]+ === null \? )?'([a-z-]+\.[a-z-]+)'(?: : '([a-z-]+\.[a-z-]+)')?/gu,
        ),
      ]
        .flatMap(([, one, other]) => [one, other])
        .filter((action) => action !== undefined),
    )
    expect(written.length).toBeGreaterThan(25)
    expect([...new Set(written)].filter((action) => !Object.hasOwn(UNDO, action))).toEqual([])
    expect(Object.keys(UNDO).toSorted()).toEqual(ACTIONS.toSorted())
  })

  it.each(ACTIONS.filter((action) => whyNever(action) !== null))('%s has a reason why it is not undone', (action) => {
    expect(whyNever(action)).toMatch(/^[A-Z].+\.$/u)
  })

  it('has an act in this test for each action that is undone', () => {
    expect(Object.keys(ACTS).toSorted()).toEqual(UNDOABLE.toSorted())
  })

  it('is undone by its number, and what was decided is as before', { timeout: DRILL_LIMIT_MS }, async () => {
    const world = await prepare()
    const failed: Record<string, unknown> = {}
    for (const action of drawn('undo-entries', Object.keys(ACTS)))
      await undoOne(world, action).catch((error: unknown) => (failed[action] = error))
    expect(failed).toEqual({})
  })
})

/** Does what an action records, undoes it by its number, and compares what was decided. */
async function undoOne(world: World, action: string): Promise<void> {
  const { api, service } = world
  const { reader } = makeRegister(service.context)
  const newest = (): number => reader.value<number>('SELECT max(seq) FROM journal WHERE action = ?', [action]) ?? 0
  const last = newest()
  let before: unknown
  // The state before the act is read as the last of its calls begins, after what it needs.
  const watched: World = {
    ...world,
    api: new Proxy(api, {
      get: (areas, area: keyof typeof api) =>
        new Proxy(areas[area], {
          get: (operations, name) => async (input: unknown) => {
            before = await readState(world)
            return (operations as never as Record<typeof name, (given: unknown) => unknown>)[name]?.(input)
          },
        }),
    }),
  }
  await ACTS[action]?.(watched)
  const entry = newest()
  expect(entry).toBeGreaterThan(last)
  expect(await readState(world)).not.toEqual(before)
  const { undone } = await api.journal.undo({ entry })
  expect(undone).toMatchObject({ entry, action, whyNot: null })
  expect(await readState(world)).toEqual(before)
  expect(await refused(api.journal.undo({ entry }))).toMatchObject({ code: 'CONFLICT' })
}
