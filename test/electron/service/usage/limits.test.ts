import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { renderCalendar } from '../../../../electron/service/files/calendar.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { LimitFact } from '../../../../shared/domain/facts.ts'
import type { SourceState } from '../../../../shared/domain/source.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { setReportState } from '../../../../electron/register/usage/reports.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { readReality } from '../../../../electron/register/plans/reality.ts'
import { spendLimits } from '../../../../electron/register/remediation/subject.ts'
import { reportBudgets } from '../../../../electron/register/usage/report-owners.ts'
import { pressingBudgets } from '../../../../electron/service/usage/budget-spend.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { newConnection, project, getReading } from '../../register/registers.ts'
import { newService, recordingHost } from '../services.ts'

const NOW = Date.parse('2026-11-16T12:00:00Z')
const TODAY = NOW / 86_400_000 - 0.5
const USD = 1_000_000

function limit(of: string | null, over: Partial<LimitFact> = {}): LimitFact {
  return {
    type: 'limit',
    externalId: `spend:${of ?? 'org'}`,
    project: of,
    kind: 'spend',
    enforcement: 'hard',
    metric: 'usd',
    model: null,
    amount: 500 * USD,
    period: 'month',
    ...over,
  }
}

const rate = (amount: number, model = 'gpt-5.4'): LimitFact =>
  limit('proj_a', {
    externalId: `rate:proj_a:${model}`,
    kind: 'rate',
    metric: 'requests_per_minute',
    period: 'minute',
    model,
    amount,
  })

interface Read {
  readonly organization?: readonly LimitFact[]
  readonly ofProject?: readonly LimitFact[]
  readonly rates?: readonly LimitFact[]
  readonly state?: SourceState
  readonly at?: number
}

async function acme() {
  const host = recordingHost('electron')
  const service = await newService({ now: () => NOW, host })
  const register = makeRegister(service.context)
  const connectionId = newConnection(register, 'acme')
  const read = ({ organization = [], ofProject = [], rates = [], state = 'complete', at = NOW }: Read): void =>
    register.transact((writer) => {
      applyReading(
        writer,
        getReading(
          connectionId,
          [
            { source: 'projects', facts: [project('proj_a', { name: 'Web' })] },
            { source: 'spend-limits', state, facts: organization },
            { source: 'project-spend-limits', project: 'proj_a', state, facts: ofProject },
            { source: 'project-rate-limits', project: 'proj_a', facts: rates },
          ],
          at,
        ),
      )
    })
  /** Bills each day before today, back to some day. */
  const bill = (days: number, computeCost: (day: number) => number, over: Partial<UsageFact> = {}): void => {
    const facts = Array.from({ length: days }, (_, n): UsageFact => {
      const day = TODAY - days + n
      return { ...FACT, day, cost: computeCost(day), ...over }
    })
    register.transact((writer) => {
      replaceUsageDays(writer, { clientId: 1, connectionId }, { report: 'cost', from: TODAY - days, to: TODAY, facts })
      setReportState(writer, connectionId, {
        report: 'cost',
        state: 'complete',
        reason: null,
        readFrom: TODAY - 200,
        readTo: TODAY,
        way: 0,
        wayAt: 0,
        at: NOW,
      })
    })
  }
  return { ...service, host, connectionId, read, bill }
}

const FACT: Omit<UsageFact, 'day'> = {
  project: 'proj_a',
  key: 'key_1',
  principal: null,
  model: null,
  item: '',
  requests: 0,
  input: 0,
  cached: 0,
  cacheWrite: 0,
  output: 0,
  cost: 0,
  estimate: 0,
}

async function findAudit(api: Service['api']): Promise<unknown> {
  const row = (await api.budgets.list({})).find(({ budgetId }) => budgetId !== null)
  return row?.audit
}

describe('budgets and the provider’s limits', () => {
  it('are compared at the organization: the same, another amount, none, not read', async () => {
    const { api, connectionId, read } = await acme()
    await api.budgets.set({ client: 'acme', connection: connectionId, amount: 500 * USD, enforcement: 'hard' })
    expect(await findAudit(api)).toMatchObject({ state: 'unread', held: [] })
    read({ state: 'denied' })
    expect(await findAudit(api)).toMatchObject({ state: 'unread' })
    read({})
    expect(await findAudit(api)).toMatchObject({ state: 'none', held: [] })
    read({ organization: [limit(null)] })
    expect(await findAudit(api)).toMatchObject({ state: 'agrees', findingId: null })
    read({ organization: [limit(null, { amount: 800 * USD })] })
    expect(await findAudit(api)).toMatchObject({
      state: 'differs',
      held: [{ amount: 800 * USD, enforcement: 'hard' }],
    })
  })

  it('are a finding where they differ, which proposes the agreed limit, and no finding once they agree', async () => {
    const { api, connectionId, read } = await acme()
    read({ organization: [limit(null, { amount: 800 * USD })] })
    await api.budgets.set({ client: 'acme', connection: connectionId, amount: 500 * USD, enforcement: 'hard' })
    const { rows } = await api.findings.list({ rule: 'organization-limit-disagrees' })
    expect(rows).toMatchObject([
      { says: 'The budget is a hard limit of 500.00 dollars a month; the provider has 800.00 (hard).' },
    ])
    const findingId = rows[0]?.findingId ?? 0
    expect(await findAudit(api)).toMatchObject({ findingId })
    expect(await api.remediation.proposals({ origins: [{ kind: 'finding', id: findingId }] })).toMatchObject([
      { action: 'limit-set', values: { amountMicros: 500 * USD } },
    ])
    await api.budgets.set({ client: 'acme', connection: connectionId, amount: 800 * USD, enforcement: 'hard' })
    expect(await api.findings.list({ rule: 'organization-limit-disagrees' })).toMatchObject({ total: 0 })
  })

  it('are compared at the project, and a client with two organizations has no single place', async () => {
    const { api, read, context } = await acme()
    read({ organization: [limit(null)], ofProject: [limit('proj_a', { amount: 50 * USD })] })
    const { projectId } = (await api.projects.list({})).rows[0] ?? { projectId: 0 }
    await api.budgets.set({ client: 'acme', project: projectId, amount: 50 * USD, enforcement: 'hard' })
    expect(await findAudit(api)).toMatchObject({ state: 'agrees' })
    const whole = await api.budgets.set({ client: 'acme', amount: 500 * USD, enforcement: 'hard' })
    expect(whole.audit).toMatchObject({ state: 'agrees' })
    newConnection(makeRegister(context), 'acme', 'anthropic')
    const rows = await api.budgets.list({})
    expect(rows.find(({ budgetId }) => budgetId === whole.budgetId)?.audit).toMatchObject({ state: 'apart' })
  })
})

describe('a limit of one key or of a usage tier', () => {
  async function held(provider: string, facts: readonly LimitFact[]) {
    const service = await newService({ now: () => NOW })
    const register = makeRegister(service.context)
    const connectionId = newConnection(register, 'acme', provider)
    const spend = ['openrouter', 'openai'].includes(provider)
      ? { source: 'project-spend-limits' as const, project: 'proj_a' }
      : { source: 'spend-limits' as const }
    register.transact((writer) => {
      applyReading(
        writer,
        getReading(
          connectionId,
          [
            { source: 'projects', facts: [project('proj_a', { name: 'Web' })] },
            { ...spend, facts: [...facts] },
          ],
          NOW,
        ),
      )
    })
    const { projectId } = (await service.api.projects.list({})).rows[0] ?? { projectId: 0 }
    return { ...service, register, connectionId, projectId }
  }

  const ofKey = limit('proj_a', { externalId: 'spend:key:or_hash', model: 'key prod-web', amount: 100 * USD })
  const ofTier = limit(null, { externalId: 'spend:tier', amount: 100_000 * USD })

  it('is not a budget of the key’s workspace, and does not change the agreed one', async () => {
    const { api, projectId } = await held('openrouter', [limit('proj_a', { amount: 250 * USD }), ofKey])
    const set = await api.budgets.set({ client: 'acme', project: projectId, amount: 250 * USD, enforcement: 'hard' })
    expect(set.audit).toEqual({
      state: 'agrees',
      held: [{ amount: 250 * USD, enforcement: 'hard' }],
      findingId: null,
    })
    expect((await api.budgets.list({})).map(({ amount }) => amount)).toEqual([250 * USD, 250 * USD])
    expect(await api.findings.list({ rule: 'project-limit-disagrees' })).toMatchObject({ total: 0 })
  })

  it('shows no agreed limit as held where only a key or only the tier has one', async () => {
    const router = await held('openrouter', [ofKey])
    const { client } = { client: 'acme' }
    const { projectId } = router
    const ofProject = await router.api.budgets.set({
      client,
      project: projectId,
      amount: 100 * USD,
      enforcement: 'hard',
    })
    expect(ofProject.audit).toMatchObject({ state: 'none', held: [] })
    const claude = await held('anthropic', [ofTier])
    const whole = await claude.api.budgets.set({ client, amount: 100_000 * USD, enforcement: 'hard' })
    expect(whole.audit).toMatchObject({ state: 'none', held: [] })
    expect(readReality(claude.register.reader, 1, NOW + 1)[0]?.limits).toEqual([])
    expect(reportBudgets(claude.register.reader, 1, NOW + 1).filter(({ byProvider }) => byProvider)).toEqual([])
    expect(reportBudgets(router.register.reader, 1, NOW + 1).filter(({ byProvider }) => byProvider)).toEqual([])
    expect(spendLimits(claude.register.reader, claude.connectionId, null)).toEqual([])
    const policy = await claude.api.findings.list({ rule: 'organization-without-spend-limit' })
    expect(policy).toMatchObject({ total: 1 })
  })

  it('of the tier is listed with its name, and raises no notice, count or day of the calendar', async () => {
    const { api, context, connectionId, register } = await held('anthropic', [{ ...ofTier, amount: 10 * USD }])
    const facts = [{ ...FACT, day: TODAY - 1, cost: 50 * USD }]
    register.transact((writer) =>
      replaceUsageDays(writer, { clientId: 1, connectionId }, { report: 'cost', from: TODAY - 1, to: TODAY, facts }),
    )
    expect(await api.budgets.list({})).toMatchObject([{ tier: true, amount: 10 * USD, thresholds: [], audit: null }])
    expect(pressingBudgets(context, {})).toEqual([])
    expect((await renderCalendar(context, { client: 'acme' })).text).not.toContain('Budget')
  })

  it('of a file that happens to use the same words is read from the file', async () => {
    const { api } = await held('file', [limit(null, { externalId: 'spend:tier' })])
    expect(await api.budgets.list({})).toMatchObject([{ tier: false, amount: 500 * USD }])
  })
})

describe('anomalies', () => {
  it('are reported of a key and its project with the baseline days', async () => {
    const { api, bill } = await acme()
    bill(120, (day) => (day === TODAY - 3 ? 90 * USD : 10 * USD))
    const { rows, count } = await api.budgets.anomalies({ client: 'acme' })
    expect(count).toBe(2)
    expect(rows.map(({ of, name }) => [of, name])).toEqual(
      expect.arrayContaining([
        ['key', 'key_1'],
        ['project', 'proj_a'],
      ]),
    )
    expect(rows[0]).toMatchObject({
      direction: 'up',
      measure: 'cost',
      source: 'billed',
      firstDay: '2026-11-13',
      days: 1,
      amount: 90 * USD,
      usual: 10 * USD,
    })
    expect(rows[0]?.before).toHaveLength(8)
    const { rows: keys } = await api.budgets.anomalies({ of: 'key' })
    expect(keys).toEqual(rows.filter(({ of }) => of === 'key'))
    expect(await api.budgets.anomalies({ minimum: 81 * USD })).toEqual({ rows: [], count: 0 })
    expect(await api.budgets.anomalies({ days: 2 })).toEqual({ rows: [], count: 0 })
  })

  it('distinguish a fall from a source that is only behind', async () => {
    const { api, bill } = await acme()
    bill(120, (day) => (day >= TODAY - 4 ? 0 : 10 * USD))
    // Nothing at all is reported for the last days: what is billed is behind.
    expect((await api.budgets.anomalies({})).rows).toEqual([])
    const other = await acme()
    other.bill(120, (day) => (day >= TODAY - 4 && day < TODAY - 1 ? 0 : 10 * USD))
    expect((await other.api.budgets.anomalies({})).rows).toMatchObject([
      { direction: 'down', firstDay: '2026-11-12', days: 3 },
      { direction: 'down', days: 3 },
    ])
  })
})

describe('rate limits', () => {
  it('are listed with their values before the sync that changed them, and obey filters', async () => {
    const { api, read } = await acme()
    read({ rates: [rate(500), rate(100, 'gpt-5.4-mini')], at: NOW - 2000 })
    read({ rates: [rate(300), rate(100, 'gpt-5.4-mini')], at: NOW - 1000 })
    const { rows, total } = await api.budgets.rates({})
    expect(total).toBe(2)
    expect(rows).toMatchObject([
      { project: { name: 'Web' }, model: 'gpt-5.4', amount: 300, before: { amount: 500, until: NOW - 1000 } },
      { model: 'gpt-5.4-mini', amount: 100, before: null },
    ])
    expect(await api.budgets.rates({ changed: true })).toMatchObject({ total: 1 })
    expect(await api.budgets.rates({ search: 'mini' })).toMatchObject({ total: 1, rows: [{ model: 'gpt-5.4-mini' }] })
    const changes = await api.changes.list({ since: { at: NOW - 1500 } })
    expect(changes.rows.map(({ kind, subject }) => [kind, subject.name])).toContainEqual([
      'limit-changed',
      'requests per minute gpt-5.4 per minute',
    ])
  })

  it('are read from a provider by project and model', async () => {
    const service = await newService()
    await connected(service.api, await northfold())
    await synced(service.api)
    const { rows } = await service.api.budgets.rates({ client: 'northfold' })
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(({ project: of, model }) => of !== null && model !== null)).toBe(true)
  })
})

describe('the calendar', () => {
  it('contains the day on which a budget is spent by forecast, and the thresholds that were reached', async () => {
    const { api, context, bill, host } = await acme()
    bill(120, () => 10 * USD)
    await api.budgets.set({ client: 'acme', amount: 200 * USD })
    expect(host.notifications).toHaveLength(1)
    const { text } = await renderCalendar(context, { client: 'acme' })
    const plain = text.replaceAll('\r\n ', '')
    expect(plain).toContain('SUMMARY:Budget of acme reaches 200.00 USD by forecast (acme)')
    expect(plain).toContain('SUMMARY:Budget of acme: 50 % of the month reached (acme)')
    expect(plain).toContain('Spent in 2026-11: 150.00 of 200.00 USD (75 %)')
    expect((await renderCalendar(context, { client: 'acme', contact: 'ops@example.com' })).text).not.toContain('Budget')
  })
})
