import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import type { ReconciliationBy, ReconciliationRow } from '../../../../shared/contract/reconciliation.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { openAiOrganization } from '../../../providers/openai-organization.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { followExchangedPrices } from '../../../../electron/service/prices/follow-price.ts'
import { listChangedPrices, noteChangedPrices } from '../../../../electron/register/team/priced.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { settle } from '../../../fixtures/decided-rows.ts'
import { connected, gathered } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const CREDENTIAL = 'sk-admin-Qm7xCoverageTest0001'

const USE: FakeUse = {
  day: '2026-11-20',
  project: 'proj_a',
  key: 'key_1',
  user: 'user-1',
  model: 'gpt-5.4-2026-03-05',
  requests: 10,
  input: 1_000_000,
  cached: 0,
  output: 0,
  // 2.50 dollars.
  milliCents: 250_000,
}

/** A client with an organization with this usage, synced once. */
async function agency(use: FakeUse[]): Promise<Service> {
  const server = await startFakeOpenAi({
    organizations: [openAiOrganization({ id: 'org-use', credentials: [CREDENTIAL], use })],
  })
  const service = await newService({ now: () => NOW })
  await connected(service.api, server, { client: 'acme', credential: CREDENTIAL })
  await gathered(await service.api.usage.sync({}))
  await server.close()
  return service
}

async function claim(service: Service, ...records: readonly object[]): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-claims-')), 'claims.jsonl')
  writeFileSync(path, records.map((record) => JSON.stringify(record)).join('\n'))
  await gathered(await service.api.usage.import({ client: 'acme', path }))
}

const record = (id: string, more: object): object => ({
  timestamp: '2026-11-20T10:00:00Z',
  request_id: id,
  model: 'gpt-5.4',
  ...more,
})

async function rows(service: Service, by: ReconciliationBy): Promise<readonly unknown[]> {
  const { rows: found } = await service.api.reconciliation.get({ month: '2026-11', by })
  return found.map(({ kind, name, cost }: ReconciliationRow) => ({
    kind,
    name,
    billed: cost.billed / 1e6,
    covered: cost.covered / 1e6,
    uncovered: cost.uncovered / 1e6,
    over: cost.overClaimed / 1e6,
  }))
}

describe('internal records beside billed usage', () => {
  it('are reconciled by project, model and day: covered, uncovered and over-reported; dated models are the same', async () => {
    const service = await agency([
      USE,
      { ...USE, project: 'proj_b', milliCents: 100_000 },
      { ...USE, day: '2026-11-21' },
    ])
    await claim(
      service,
      record('1', { project_id: 'proj_a', cost_estimate: 2 }),
      record('2', { project_id: 'proj_b', cost_estimate: 1.5 }),
      record('3', { project_id: 'somewhere', cost_estimate: 4 }),
    )
    expect(await rows(service, 'project')).toEqual([
      { kind: 'named', name: 'proj_a', billed: 5, covered: 2, uncovered: 3, over: 0 },
      { kind: 'named', name: 'proj_b', billed: 1, covered: 1, uncovered: 0, over: 0.5 },
      { kind: 'unmatched', name: null, billed: 0, covered: 0, uncovered: 0, over: 4 },
    ])
    expect(await rows(service, 'model')).toEqual([
      { kind: 'named', name: 'gpt-5.4', billed: 6, covered: 3, uncovered: 3, over: 4.5 },
    ])
    expect(await rows(service, 'day')).toEqual([
      { kind: 'named', name: '2026-11-20', billed: 3.5, covered: 3, uncovered: 0.5, over: 4.5 },
      { kind: 'named', name: '2026-11-21', billed: 2.5, covered: 0, uncovered: 2.5, over: 0 },
    ])
    const { total, unmatched } = await service.api.reconciliation.get({ month: '2026-11', client: 'acme' })
    expect(total.cost).toMatchObject({ percent: { covered: 50, uncovered: 50, overClaimed: 75 } })
    expect(total).toMatchObject({ estimatedClaim: 0, estimatedBill: 0 })
    expect(unmatched).toMatchObject([{ word: 'somewhere', because: 'unknown', cost: 4_000_000 }])
  })

  it('that name no project cover the bills of their day and model', async () => {
    const service = await agency([USE, { ...USE, project: 'proj_b', milliCents: 750_000 }])
    await claim(service, record('1', { cost_estimate: 4 }), record('2', { model: 'other', cost_estimate: 1 }))
    expect(await rows(service, 'project')).toEqual([
      { kind: 'named', name: 'proj_b', billed: 7.5, covered: 3, uncovered: 4.5, over: 0 },
      { kind: 'named', name: 'proj_a', billed: 2.5, covered: 1, uncovered: 1.5, over: 0 },
      { kind: 'not-reported', name: null, billed: 0, covered: 0, uncovered: 0, over: 1 },
    ])
    const { rows: found } = await service.api.reconciliation.get({ month: '2026-11' })
    expect(found[0]?.cost.shared).toBe(3_000_000)
  })

  it('without a cost are valued by their tokens, by the price that applies, and marked as an estimate', async () => {
    const service = await agency([USE])
    await claim(service, record('1', { project_id: 'proj_a', input_tokens: 400_000 }))
    const first = await service.api.reconciliation.get({ month: '2026-11' })
    expect(first.total).toMatchObject({ estimatedClaim: 1_000_000, cost: { claimed: 1_000_000, covered: 1_000_000 } })
    expect(first.total.tokens).toMatchObject({ billed: 1_000_000, covered: 400_000, percent: { covered: 40 } })
    expect(first.total.requests).toMatchObject({ billed: 10, claimed: 1 })
    await service.api.prices.set({ client: 'acme', model: 'gpt-5.4', from: '2026-11-01', input: 5_000_000, output: 0 })
    const pinned = await service.api.reconciliation.get({ month: '2026-11' })
    expect(pinned.total).toMatchObject({ estimatedClaim: 2_000_000, cost: { billed: 2_500_000, covered: 2_000_000 } })
    // The internal records are unchanged.
    const { total } = await service.api.usage.by({ month: '2026-11', by: 'project', source: 'claimed' })
    expect(total).toMatchObject({ cost: 0, estimate: 0, input: 400_000 })
  })

  it('are compared with the estimate of a provider that bills nothing', async () => {
    const service = await agency([{ ...USE, milliCents: 0 }])
    await claim(service, record('1', { project_id: 'proj_a', cost_estimate: 1 }))
    const { total } = await service.api.reconciliation.get({ month: '2026-11' })
    expect(total).toMatchObject({ estimatedBill: 2_500_000, cost: { billed: 2_500_000, covered: 1_000_000 } })
  })

  it('of one client are compared with no bill of another', async () => {
    const service = await agency([USE])
    await service.api.client.add({ name: 'Other' })
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-claims-')), 'claims.csv')
    writeFileSync(path, 'timestamp,project_id,model,cost\n2026-11-20,proj_a,gpt-5.4,9\n')
    await gathered(await service.api.usage.import({ client: 'other', path }))
    const { total, unmatched } = await service.api.reconciliation.get({ month: '2026-11' })
    expect(total.cost).toMatchObject({ covered: 0, uncovered: 2_500_000, overClaimed: 9_000_000 })
    expect(unmatched).toMatchObject([{ client: { slug: 'other' }, word: 'proj_a' }])
    expect((await service.api.reconciliation.get({ month: '2026-11', client: 'acme' })).total.cost.claimed).toBe(0)
    await expect(service.api.reconciliation.get({ month: '2026-11', client: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('a price that was typed in', () => {
  it('recalculates the estimates since its day, exactly, in every roll-up, and removing it reverts that', async () => {
    const service = await agency([USE, { ...USE, day: '2026-11-10' }, { ...USE, model: 'gpt-5.4-mini' }])
    const { api } = service
    const estimates = async (): Promise<readonly number[]> => {
      const all = await Promise.all(
        (['project', 'key', 'principal', 'model', 'feature'] as const).map((by) =>
          api.usage.by({ month: '2026-11', by, source: 'billed' }),
        ),
      )
      return [...new Set(all.map(({ total }) => total.estimate))]
    }
    const before = await estimates()
    expect(before).toHaveLength(1)
    const bills = (await api.usage.by({ month: '2026-11', by: 'model', source: 'billed' })).total.cost
    const set = await api.prices.set({ model: 'GPT-5.4', from: '2026-11-15', input: 3_000_000, output: 9_000_000 })
    expect(set).toMatchObject({
      changed: 1,
      price: { client: null, model: 'gpt-5.4', cached: 3_000_000, from: '2026-11-15' },
    })
    expect(await estimates()).toEqual([(before[0] ?? 0) + 500_000])
    const own = await api.prices.set({
      client: 'acme',
      model: 'gpt-5.4',
      from: '2026-01-01',
      input: 1_000_000,
      output: 0,
    })
    expect(own.changed).toBe(2)
    expect(await estimates()).toEqual([(before[0] ?? 0) - 3_000_000])
    expect(await api.prices.list({ client: 'acme' })).toHaveLength(2)
    expect(await api.prices.clear({ priceId: own.price.priceId })).toEqual({ changed: 2 })
    await api.prices.clear({ priceId: set.price.priceId })
    expect(await estimates()).toEqual(before)
    // As an exchange takes the price of another member: its estimates follow after it.
    makeRegister(service.context).transact((writer) => {
      const microUsdPerMillion = { input: 3_000_000, cached: 3_000_000, cacheWrite: 3_000_000, output: 9_000_000 }
      const price = { priceUid: createUid(NOW), model: 'gpt-5.4', from: '2026-11-15', microUsdPerMillion }
      settle(writer, 'price.set', { client: null, at: NOW, by: 'Anna' }, price)
      noteChangedPrices(writer, createUid(NOW), [
        { kind: 'price.set', body: { v: 1, model: 'gpt-5.4', from: '2026-11-15' } },
      ])
    })
    expect(await estimates()).toEqual(before)
    await followExchangedPrices(service.context)
    expect(await estimates()).toEqual([(before[0] ?? 0) + 500_000])
    expect(listChangedPrices(getReader(service.context))).toEqual([])
    expect((await api.usage.by({ month: '2026-11', by: 'model', source: 'billed' })).total.cost).toBe(bills)
    await expect(api.prices.clear({ priceId: set.price.priceId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
