import { beforeAll, describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { type Service, openService } from '../../../../electron/service/process/open.ts'
import { loadSample } from '../../../../electron/service/sample/load.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { addDays, getDay, toLocalDay } from '../../../../shared/domain/day.ts'
import { newProfile, recordingHost } from '../services.ts'

const NOW = Date.now()

let service: Service

beforeAll(async () => {
  service = await openService({
    profile: newProfile(),
    mode: 'write',
    host: recordingHost(),
    secrets: memoryStore('none'),
    now: () => NOW,
  })
  loadSample(makeRegister(service.context), { today: toLocalDay(NOW), now: NOW })
  return () => service.close()
})

describe('the sample agency in a register', () => {
  it('is sound, is marked as a sample, and has its origin in the journal', async () => {
    const integrity = await service.api.app.integrity()
    const syncs = makeRegister(service.context).reader.value<number>(
      "SELECT count(*) FROM sync WHERE state <> 'failed'",
    )
    expect(integrity).toMatchObject({ ok: true, problems: [], journalRows: Number(syncs) + 1 })
    const info = await service.api.app.info()
    expect(info).toMatchObject({ sample: true, empty: false })
  })

  it('has the clients with their people and keys', async () => {
    const { clients } = await service.api.today.list({})
    const listed = await service.api.client.list({})
    expect(listed.map(({ slug }) => slug)).toEqual([
      'northfold',
      'acme-corp',
      'heliotide-clinics',
      'quillmarsh-mutual',
      'tarnbeck-rail',
    ])
    expect(clients.reduce((sum, one) => sum + (one.keys ?? 0), 0)).toBe(137)
    const { entries } = await service.api.today.list({ client: 'heliotide-clinics' })
    expect(entries.map(({ says }) => says)).toEqual([])
    const active = await service.api.people.list({ status: 'active' })
    expect(active.total).toBe(88)
    expect((await service.api.findings.list({ rule: 'invite-expired' })).total).toBe(4)
    expect((await service.api.people.list({ status: 'invited' })).total).toBeGreaterThan(2)
    expect((await service.api.people.list({ external: true })).total).toBeGreaterThanOrEqual(4)
  })

  it('gives the seed of Acme Corp its days', async () => {
    const { rows } = await service.api.keys.list({ client: 'acme-corp', search: 'prod-backend' })
    const [backend] = rows
    expect(backend).toMatchObject({ hint: 'sk-proj-…x9Qa', purpose: 'Production API', environment: 'production' })
    expect(backend?.rotation).toMatchObject({ state: 'due', daysLeft: 9 })
    const [testing] = (await service.api.keys.list({ client: 'acme-corp', search: 'ci-testing' })).rows
    expect(testing).toMatchObject({ purpose: 'GitHub Actions' })
    expect(testing?.rotation).toMatchObject({ state: 'overdue', daysLeft: -6 })
    const [jane] = (await service.api.people.list({ client: 'acme-corp', search: 'jane.smith' })).rows
    expect(jane).toMatchObject({ name: 'Jane Smith', level: 'owner', privileged: true })
  })

  it('derives access from organization roles and from groups', async () => {
    const grants = await service.api.access.list({ client: 'quillmarsh-mutual', limit: 500 })
    const via = new Set(grants.rows.map((row) => row.via))
    expect(via).toEqual(new Set(['direct', 'federation', 'group', 'organization']))
    const [babak] = (await service.api.people.list({ search: 'babak' })).rows
    const detail = await service.api.people.get({ personId: babak?.personId ?? 0 })
    expect(detail.access.filter((row) => row.project?.name === 'Claims-Prod').map((row) => row.via)).toEqual(['group'])
  })

  it('has a healthy certificate and one that is about to expire', async () => {
    const { rows } = await service.api.access.certificates({ sort: { by: 'expires', direction: 'asc' } })
    const today = toLocalDay(NOW)
    expect(
      rows.map(({ client, name, active, expiresAt }) => [client.slug, name, active, getDay(expiresAt ?? 0)]),
    ).toEqual([
      ['quillmarsh-mutual', 'broker-portal-gateway', true, addDays(today, 9)],
      ['quillmarsh-mutual', 'claims-gateway', true, addDays(today, 245)],
    ])
  })

  it('has a healthy federation rule and one for any repository, as paths, in the log and beside keys', async () => {
    const { rows: rules } = await service.api.access.federation({ sort: { by: 'name', direction: 'asc' } })
    expect(
      rules.map(({ client, name, pin, workload, account }) => [client.slug, name, pin, workload, account?.name]),
    ).toEqual([
      [
        'quillmarsh-mutual',
        'claims-ci',
        'owner',
        'any workload of any repository of quillmarsh (GitHub Actions)',
        'claims-ci',
      ],
      [
        'quillmarsh-mutual',
        'service-release',
        'exact',
        'workloads of the repository quillmarsh/service-desk on the branch main (GitHub Actions)',
        'federated-ci',
      ],
    ])
    const { rows: events } = await service.api.events.list({ subject: 'federation' })
    expect(events.map(({ subject, act, actor }) => [subject.name, act, actor.kind])).toEqual([
      ['claims-ci', 'created', 'user'],
      ['service-release', 'created', 'user'],
    ])
    const { rows: beside } = await service.api.keyless.list({ state: 'beside' })
    expect(beside.length).toBeGreaterThan(0)
    expect(
      beside.every(({ client, account }) => client.slug === 'quillmarsh-mutual' && account?.name === 'claims-ci'),
    ).toBe(true)
    expect((await service.api.keyless.list({ client: 'quillmarsh-mutual', state: 'static' })).total).toBeGreaterThan(0)
  })

  it('recognized the rotations between its syncs, and keeps those that people marked', async () => {
    const history = async (name: string) => {
      const [key] = (await service.api.keys.list({ search: name })).rows
      return service.api.rotation.history({ keyId: key?.keyId ?? 0 })
    }
    for (const name of ['prod-claims-api-v2', 'prod-web-assistant-v4', 'prod-content-newsletter-v2']) {
      expect(await history(name)).toMatchObject([{ recognized: true, keyName: name }])
    }
    expect(await history('prod-claims-webhook')).toMatchObject([{ recognized: false, trigger: 'leak' }])
    expect(await history('prod-triage-escalation')).toMatchObject([{ recognized: false, trigger: 'leaver' }])
  })

  it('keeps what the second sync found removed', async () => {
    const removed = await service.api.people.list({ status: 'removed' })
    expect(removed.rows.map((row) => row.name)).toEqual(expect.arrayContaining(['Carl Intern', 'Nils Rosendahl']))
    const unowned = await service.api.keys.list({ flag: 'unowned', limit: 500 })
    expect(unowned.rows.map((row) => row.name)).toEqual(
      expect.arrayContaining(['carl test', 'nils-claims-hotfix', 'prod-review-bot']),
    )
    expect((await service.api.keys.list({ flag: 'never' })).total).toBeGreaterThanOrEqual(1)
  })

  it('shows a partial sync with its reason, and a sync that was rejected', async () => {
    const connections = await service.api.connection.list({})
    expect(connections).toHaveLength(11)
    const find = (label: string) => connections.find((one) => one.label === label)
    expect(find('Tarnbeck on Cursor')).toMatchObject({ lastSync: null })
    const [rejected] = await service.api.connection.history({ id: find('Tarnbeck on Cursor')?.id ?? 0 })
    expect(rejected).toMatchObject({ state: 'failed', sources: [{ reason: expect.stringContaining('401') as string }] })
    const partial = find('Tarnbeck on OpenAI')?.lastSync
    expect(partial?.state).toBe('partial')
    expect(partial?.sources.find((one) => one.source === 'invites')).toMatchObject({ state: 'denied' })
    for (const { provider, credential } of connections) {
      expect(credential.state).toBe(provider === 'file' ? 'not-needed' : 'none')
    }
    for (const { id, lastSync } of connections) {
      const history = await service.api.connection.history({ id })
      expect(history).toHaveLength(lastSync === null ? 1 : 2)
    }
  })

  it('exports Acme Corp in the layout of its register', async () => {
    const { text } = await service.api.files.renderRegister({ client: 'acme-corp', format: 'md' })
    expect(text).toContain('### OpenAI (org-acme-corp)')
    expect(text).toMatch(/\| Jane Smith .*\| Owner \| All \| \d{4}-\d\d-\d\d \|/u)
    expect(text).toMatch(/\| John Doe .*\| Admin \| All \|/u)
    expect(text).toMatch(/\| Alice Dev .*\| Member \| (?:Analytics, ChatBot|ChatBot, Analytics) \|/u)
    expect(text).toMatch(/\| Bob Analyst .*\| Reader \| - \|/u)
    expect(text).toMatch(/\| prod-backend \| Production API \| key_\w+ \| \d{4}-\d\d-\d\d \|/u)
  })

  it('has thirteen months of usage, billed and mostly in internal records, and budgets', async () => {
    const months = await service.api.usage.months({ source: 'billed' })
    expect(months.length).toBeGreaterThanOrEqual(13)
    const [, month = ''] = months
    const billed = await service.api.usage.by({ month, by: 'client', source: 'billed' })
    expect(billed.rows).toHaveLength(5)
    for (const row of billed.rows) {
      expect(row.cost).toBeGreaterThan(10_000_000)
      expect(row.cost).toBeLessThan(8_000_000_000)
      expect(Math.abs(row.estimate / row.cost - 1)).toBeLessThan(0.1)
    }
    const claimed = await service.api.usage.by({ month, by: 'client', source: 'claimed' })
    expect(new Set(claimed.rows.map((row) => row.client?.slug))).toEqual(new Set(['acme-corp', 'heliotide-clinics']))
    for (const row of claimed.rows) {
      const part = row.cost / (billed.rows.find((one) => one.rowKey === row.rowKey)?.cost ?? 0)
      expect(part).toBeGreaterThan(0.8)
      expect(part).toBeLessThan(1)
    }
    const keys = await service.api.usage.by({ month, by: 'key', source: 'billed', limit: 500 })
    expect(keys.rows.map(({ name }) => name)).toContain('prod-claims-api')
    const budgets = (await service.api.budgets.list({})).filter(({ budgetId }) => budgetId !== null)
    expect(budgets.length).toBeGreaterThanOrEqual(5)
  })
})
