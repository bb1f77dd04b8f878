import * as fc from 'fast-check'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Seeded } from '../seeded.ts'
import { decideRemediations, remediationSteps } from './any-change.ts'
import { listKeys, maybe, pick, type Step, which, words } from './any.ts'

const SLUGS = ['acme', 'borealis', 'c-one', 'c-two'] as const
const slug = fc.constantFrom(...SLUGS)
const colour = fc.constantFrom('#117733', '#882255', '#332288')
const ACCESS = ['read-only', 'read-write'] as const
const address = fc.constantFrom('https://gateway.example/v1', null)
const listFindings = ({ api }: Seeded, state: 'open' | 'accepted') =>
  api.findings.list({ state, certainty: 'all' }).then(({ rows }) => rows)

const listEntries = (api: Seeded['api'], hidden: boolean) => api.today.list({ hidden }).then(({ entries }) => entries)

const listReviews = ({ api }: Seeded) => api.reviews.list({}).then(({ rows }) => rows.map(({ reviewId }) => reviewId))

/** A decision about an access review, of which one of a kind is open for each client. */
const reviewSteps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(slug, fc.constantFrom('roles', 'keys', 'membership', 'departed')).map(
    ([client, kind]): Step =>
      ({ api }) =>
        api.reviews.open({ client, kind, override: 'The lists are short.' }),
  ),
  fc
    .record({
      n: which,
      positions: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 }),
      decision: fc.constantFrom('keep', 'remove', 'change', 'unknown'),
      why: words,
      until: maybe(fc.constant('2026-09-01')),
    })
    .map(({ n, positions, ...decision }): Step => async (all) => {
      const reviewId = await pick(listReviews(all), n)
      const { rows } = await all.api.reviews.items({ reviewId })
      const chosen = positions.flatMap((at) => rows[at]?.itemId ?? [])
      const to = decision.decision === 'change' ? 'owner' : undefined
      const until = decision.decision === 'keep' ? decision.until : undefined
      return all.api.reviews.decide({ reviewId, items: chosen.length === 0 ? {} : chosen, ...decision, to, until })
    }),
  fc.tuple(which, fc.integer({ min: 1, max: 12 })).map(([n, batch]): Step => async (all) => {
    const reviewId = await pick(listReviews(all), n)
    return all.api.reviews.undo({ reviewId, batch })
  }),
  fc.tuple(which, fc.constantFrom('Mara', 'Ines'), maybe(words)).map(([n, as, carry]): Step => async (all) => {
    const reviewId = await pick(listReviews(all), n)
    return all.api.reviews.sign({ reviewId, as, carry })
  }),
  fc.tuple(which, fc.constantFrom('Mara', 'Ines')).map(([n, as]): Step => async (all) => {
    const reviewId = await pick(listReviews(all), n)
    return all.api.reviews.acknowledge({ reviewId, as })
  }),
  fc.tuple(which, words).map(([n, why]): Step => async (all) => {
    const reviewId = await pick(listReviews(all), n)
    return all.api.reviews.withdraw({ reviewId, why })
  }),
)

/** Any decision. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: reviewSteps, weight: 8 },
  { arbitrary: remediationSteps, weight: 10 },
  fc.record({ slug, name: words, colour: maybe(colour), notes: maybe(words) }).map(
    (input): Step =>
      ({ api }) =>
        api.client.add({ ...input, sameName: true }),
  ),
  fc
    .record({ slug, name: maybe(words), kind: maybe(fc.constantFrom('client', 'internal')), colour: maybe(colour) })
    .map(
      (change): Step =>
        ({ api }) =>
          api.client.update({ ...change, sameName: true }),
    ),
  fc
    .tuple(which, fc.constantFrom('2026-03-01', '2026-03-31', null))
    .map(([n, on]): Step => async ({ api, service }) => {
      const accounts = getReader(service.context).column<number>('SELECT id FROM principal ORDER BY id')
      return api.people.setReviewed({ principalId: await pick(Promise.resolve(accounts), n), on })
    }),
  fc.tuple(which, fc.constantFrom('2026-05-01', '2026-06-30'), words).map(([n, until, reason]): Step => async (all) => {
    const { findingId } = await pick(listFindings(all, 'open'), n)
    return all.api.findings.acceptMany({ findings: [findingId], until, reason, confirm: 'ACCEPT 1' })
  }),
  which.map((n): Step => async (all) => {
    const { findingId } = await pick(listFindings(all, 'accepted'), n)
    return all.api.findings.reopen({ findingId })
  }),
  fc.tuple(which, fc.constantFrom('2026-04-20', null), words).map(([n, until, reason]): Step => async ({ api }) => {
    const { entryId: entry } = await pick(listEntries(api, false), n)
    return until === null ? api.today.dismiss({ entry, reason }) : api.today.snooze({ entry, reason, until })
  }),
  which.map((n): Step => async ({ api }) => {
    const { entryId: entry } = await pick(listEntries(api, true), n)
    return api.today.restore({ entry })
  }),
  fc.tuple(which, maybe(words), maybe(words), fc.boolean()).map(
    ([n, note, contact, hidden]): Step =>
      async ({ api }) =>
        api.today.note({ entry: (await pick(listEntries(api, hidden), n)).entryId, note, contact }),
  ),
  fc
    .record({
      n: which,
      environment: maybe(fc.option(words)),
      contact: maybe(fc.option(words)),
      dueOn: maybe(fc.constantFrom('2026-05-01', '2026-06-01', null)),
      snoozedUntil: maybe(fc.constantFrom('2026-04-20', null)),
    })
    .map(({ n, ...change }): Step => async ({ api }) => {
      const { keyId } = await pick(listKeys(api), n)
      return api.rotation.setMany({ changes: [{ keyId, ...change }] })
    }),
  fc
    .record({ n: which, notes: maybe(words), intervalDays: maybe(fc.constantFrom(30, null)), purpose: maybe(words) })
    .map(({ n, ...change }): Step => async ({ api }) => {
      const { keyId } = await pick(listKeys(api), n)
      return api.rotation.set({ keyId, ...change })
    }),
  fc.tuple(which, fc.boolean(), words).map(([n, decoy, reason]): Step => async ({ api }) => {
    const { keyId } = await pick(listKeys(api), n)
    return api.rotation.setDecoy({ keyId, decoy, reason })
  }),
  fc
    .tuple(which, fc.constantFrom('2026-02-01', '2026-03-01', undefined))
    .map(([n, rotatedOn]): Step => async ({ api }) => {
      const { keyId } = await pick(listKeys(api), n)
      return api.rotation.mark({ keyId, rotatedOn })
    }),
  fc.tuple(which, which).map(([n, m]): Step => async ({ api }) => {
    const { keyId } = await pick(listKeys(api), n)
    const { id: rotationId } = await pick(api.rotation.history({ keyId }), m)
    return api.rotation.undo({ rotationId })
  }),
  slug.map(
    (client): Step =>
      ({ api }) =>
        api.plan.create({ client, from: { kind: 'template', template: 'exercise' } }),
  ),
  fc.tuple(which, fc.constantFrom('Acme', 'Borealis')).map(([n, name]): Step => async ({ api }) => {
    const { planId, version } = await pick(api.plan.list({}), n)
    const { plan } = await api.plan.get({ planId })
    return api.plan.save({ planId, version, plan: { ...plan, name } })
  }),
  fc.tuple(which, fc.integer({ min: 0, max: 5 }), words).map(([n, act, title]): Step => async ({ api }) => {
    const { planId, active } = await pick(api.plan.list({}), n)
    if (act === 0) return api.plan.restore({ planId, version: 1 })
    if (act === 1) return api.plan.rename({ planId, title })
    if (act === 2) return api.plan.remove({ planId })
    if (act === 3) return api.plan.bringBack({ planId: planId + 1 })
    return api.plan.setActivated({ planId, active: !active })
  }),
  fc.tuple(which, fc.constantFrom('acme', 'borealis', null)).map(([n, to]): Step => async ({ api, connections }) => {
    const { planId } = await pick(api.plan.list({}), n)
    const { plan } = await api.plan.get({ planId })
    const { name: organization } = await pick(Promise.resolve(plan.organizations), n)
    const connectionId = to === null ? null : connections[to]
    return api.planApply.bindOrganization({ planId, organization, connectionId })
  }),
  fc.tuple(which, fc.constantFrom('Web', 'Shop'), fc.boolean()).map(([n, planned, same]): Step => async ({ api }) => {
    const { planId, client } = await pick(api.plan.list({}), n)
    const subjectId = client.slug === 'acme' ? 1 : 2
    return api.planApply.answerRename({ planId, part: 'project', planned, subjectId, same })
  }),
  fc.boolean().map((keepFirst): Step => async ({ api }) => {
    const [keep, other] = keepFirst ? [1, 2] : [2, 1]
    return api.people.merge({ keep, other })
  }),
  fc.constant<Step>(async ({ api, service }) => {
    const merges = getReader(service.context).column<number>('SELECT id FROM person_merge WHERE split_at IS NULL')
    return api.people.split({ mergeId: await pick(Promise.resolve(merges), 0) })
  }),
  fc.constantFrom('rejected' as const, 'open' as const).map(
    (state): Step =>
      ({ api }) =>
        api.people.decideMatch({ matchId: 1, state }),
  ),
  fc.record({ client: slug, label: maybe(words), baseUrl: maybe(address) }).map(
    (input): Step =>
      ({ api }) =>
        api.connection.add({ ...input, provider: 'openai' }),
  ),
  fc
    .record({ n: which, label: maybe(words), baseUrl: maybe(address), access: maybe(fc.constantFrom(...ACCESS)) })
    .map(({ n, ...change }): Step => async ({ api }) => {
      const { id } = await pick(api.connection.list({}), n)
      return api.connection.update({ id, ...change })
    }),
  which.map((n): Step => async ({ api, connections }) => {
    // Other decisions are about what is in the first two.
    const added = (await api.connection.list({})).filter(({ id }) => !Object.values(connections).includes(id))
    const { id } = await pick(Promise.resolve(added), n)
    return api.connection.remove({ id })
  }),
  fc.tuple(slug, fc.boolean()).map(
    ([name, archive]): Step =>
      ({ api }) =>
        archive ? api.client.archive({ slug: name }) : api.client.restore({ slug: name }),
  ),
  fc
    .record({ client: maybe(slug), values: fc.option(fc.record({ maxPrivileged: fc.integer({ min: 1, max: 9 }) })) })
    .map(
      (input): Step =>
        ({ api }) =>
          api.policy.set(input),
    ),
  fc.record({ client: slug, values: fc.record({ weekly: maybe(fc.boolean()), monthly: maybe(fc.boolean()) }) }).map(
    (input): Step =>
      ({ api }) =>
        api.reports.set(input),
  ),
  fc
    .record({ client: slug, of: fc.nat({ max: 2 }), cents: fc.integer({ min: 1, max: 9999 }) })
    .map(({ client, of, cents }): Step => async ({ api, connections }) => {
      const connection = client === 'acme' || client === 'borealis' ? connections[client] : undefined
      const project =
        of < 2
          ? undefined
          : (
              await pick(
                api.projects.list({ client }).then(({ rows }) => rows),
                0,
              )
            ).projectId
      const target = of === 0 ? {} : of === 1 ? { connection } : { project }
      return api.budgets.set({ client, ...target, amount: cents * 10_000 })
    }),
  which.map((n): Step => async ({ api }) => {
    const { budgetId } = await pick(
      api.budgets.list({}).then((rows) => rows.filter((row) => row.budgetId !== null)),
      n,
    )
    return api.budgets.clear({ budgetId: budgetId ?? 0 })
  }),
  fc
    .record({
      client: maybe(slug),
      model: fc.constantFrom('gpt-5', 'Claude-5'),
      from: fc.constantFrom('2026-01-01', '2026-02-01'),
      input: fc.nat({ max: 1000 }),
      output: fc.nat({ max: 1000 }),
    })
    .map(
      (input): Step =>
        ({ api }) =>
          api.prices.set(input),
    ),
  which.map(
    (n): Step =>
      async ({ api }) =>
        api.prices.clear({ priceId: (await pick(api.prices.list({}), n)).priceId }),
  ),
  fc
    .record({
      client: maybe(slug),
      list: fc.constantFrom('keys', 'people'),
      name: words,
      search: fc.constant({ q: 'x' }),
    })
    .map(
      (input): Step =>
        ({ api }) =>
          api.views.save(input),
    ),
  fc.tuple(which, words).map(
    ([n, name]): Step =>
      async ({ api }) =>
        api.views.rename({ viewId: (await pick(api.views.list({}), n)).viewId, name }),
  ),
  fc.tuple(which, words).map(([n, name]): Step => async ({ api }) => {
    const { viewId, list } = await pick(api.views.list({}), n)
    return api.views.save({ viewId, list, name, search: { other: n } })
  }),
  which.map(
    (n): Step =>
      async ({ api }) =>
        api.views.remove({ viewId: (await pick(api.views.list({}), n)).viewId }),
  ),
)

/** The address of a person of `seeded`, as the account that a file has in an organization of its own. */
export const IN_FILE = 'mara@agency.example'
const FILE = new TextEncoder().encode(`Name,Email,Role,Last Review\nMara,${IN_FILE},admin,2026-01-15\n`)

/** One decision of each kind, whichever others are drawn. */
export async function decideEach(all: Seeded): Promise<void> {
  const { api } = all
  await api.client.update({ slug: 'acme', notes: 'Calls on Mondays' })
  await api.client.archive({ slug: 'borealis' })
  await api.client.restore({ slug: 'borealis' })
  const { id } = await api.connection.add({ client: 'acme', provider: 'openai' })
  await api.connection.update({ id, label: 'Second', baseUrl: 'https://gateway.example/v1' })
  await api.connection.remove({ id })
  await api.policy.set({ values: { maxPrivileged: 3 } })
  await api.reports.set({ client: 'acme', values: { weekly: true } })
  const { budgetId } = await api.budgets.set({ client: 'acme', amount: 990_000 })
  await api.budgets.clear({ budgetId: budgetId ?? 0 })
  const { price } = await api.prices.set({ model: 'gpt-5', from: '2026-01-01', input: 1, output: 2 })
  await api.prices.clear({ priceId: price.priceId })
  const { viewId } = await api.views.save({ list: 'keys', name: 'Old keys', search: {} })
  await api.views.rename({ viewId, name: 'Older keys' })
  await api.views.remove({ viewId })
  await api.people.setReviewed({ principalId: 1, on: '2026-03-01' })
  await awaitImport(
    api.files.import({
      client: 'borealis',
      provider: 'anthropic',
      kind: 'people',
      fileName: 'b.csv',
      content: FILE,
    }),
  )
  const { findingId } = await pick(listFindings(all, 'open'), 0)
  await api.findings.accept({ findingId, until: '2026-05-01', reason: 'Known.', confirm: 'ACCEPT 1' })
  await api.findings.reopen({ findingId })
  const { entryId: entry } = await pick(listEntries(api, false), 0)
  await api.today.note({ entry, note: 'Asked.', contact: 'Priya' })
  await api.today.snooze({ entry, until: '2026-04-20', reason: 'On leave.' })
  await api.today.restore({ entry })
  await api.today.dismiss({ entry, reason: 'Known.' })
  const { keyId } = await pick(listKeys(api), 0)
  await api.rotation.set({ keyId, notes: 'In the vault.', dueOn: '2026-05-01' })
  await api.rotation.setDecoy({ keyId, decoy: true, reason: 'In the wiki.' })
  await api.rotation.snooze({ keyId, until: '2026-04-20' })
  const { rotationId } = await api.rotation.mark({ keyId })
  await api.rotation.undo({ rotationId })
  await decideReviews(all)
  await decideRemediations(all)
  await decidePlan(all)
  await decidePeople(all)
}

async function decideReviews({ api }: Seeded): Promise<void> {
  await api.reviews.open({ client: 'acme', kind: 'departed', override: 'x' })
  const { reviewId: cancelled } = await api.reviews.open({ client: 'acme', kind: 'keys', override: 'x' })
  await api.reviews.withdraw({ reviewId: cancelled, why: 'Wrong client.' })
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'x' })
  await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
  const { batch } = await api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'remove' })
  await api.reviews.undo({ reviewId, batch })
  await api.reviews.sign({ reviewId, as: 'Mara' })
  await api.reviews.acknowledge({ reviewId, as: 'Ines' })
}

/** The two people of `seeded` may be one: a pair that a file links. */
async function decidePeople({ api, service }: Seeded): Promise<void> {
  makeRegister(service.context).transact((writer) =>
    writer.run(
      "INSERT INTO person_match (id, person_id, other_id, reason, state, found_at) VALUES (1, 1, 2, 'one-file', 'open', 0)",
    ),
  )
  await api.people.decideMatch({ matchId: 1, state: 'rejected' })
  await api.people.decideMatch({ matchId: 1, state: 'open' })
  const { mergeId } = await api.people.merge({ keep: 1, other: 2 })
  await api.people.split({ mergeId })
}

async function decidePlan({ api, connections }: Seeded): Promise<void> {
  const { row, plan } = await api.plan.create({ client: 'acme', from: { kind: 'template', template: 'exercise' } })
  const { planId } = row
  await api.plan.save({ planId, version: 1, plan: { ...plan, name: 'Acme' } })
  await api.plan.restore({ planId, version: 1 })
  await api.plan.rename({ planId, title: 'Ours' })
  await api.plan.setActivated({ planId, active: true })
  await api.plan.setActivated({ planId, active: false })
  await api.plan.remove({ planId })
  await api.plan.bringBack({ planId })
  const { name: organization } = await pick(Promise.resolve(plan.organizations), 0)
  await api.planApply.bindOrganization({ planId, organization, connectionId: connections.acme })
  await api.planApply.answerRename({ planId, part: 'project', planned: 'Web', subjectId: 1, same: false })
}
