import { describe, expect, it } from 'vitest'

import { streamFindings } from '../../../../electron/service/findings/finding-lines.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { newSampleService } from '../../../sample-profile.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const TODAY = toLocalDay(NOW)

interface Clock {
  now: number
}

const sampled = (clock: Clock = { now: NOW }): Promise<Service> => newSampleService(NOW, () => clock.now)

describe('findings', () => {
  it('are listed most pressing first, in slices, and obey scope and filters', async () => {
    const { api } = await sampled()
    const all = await api.findings.list({ limit: 500 })
    expect(all.total).toBe(all.rows.length)
    expect(all.rows[0]?.severity).toBe('critical')
    const slice = await api.findings.list({ offset: 3, limit: 2 })
    expect(slice.rows).toEqual(all.rows.slice(3, 5))
    const scoped = await api.findings.list({ client: 'acme-corp', limit: 500 })
    expect(new Set(scoped.rows.map((row) => row.client.slug))).toEqual(new Set(['acme-corp']))
    expect(scoped.rows).toEqual(expect.arrayContaining(all.rows.filter((row) => row.client.slug === 'acme-corp')))
    const one = await api.findings.list({ rule: 'external-privileged' })
    expect(one.rows.map((row) => [row.subject.name, row.says])).toEqual([
      [
        'auditor@ledgerwell.example',
        expect.stringMatching(
          /outside the client’s and the agency’s domains and is invited to administer the organization\.$/u,
        ),
      ],
    ])
    await expect(api.findings.list({ client: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('read one by one for a table are the rows of the list, in its order, with every filter', async () => {
    const service = await sampled()
    const { api } = service
    const [first] = (await api.findings.list({})).rows
    await api.findings.accept({
      findingId: first?.findingId ?? 0,
      until: TODAY,
      reason: 'It is known.',
      confirm: 'ACCEPT 1',
    })
    const filters = [
      {},
      { certainty: 'all' },
      { certainty: ['certain', 'likely'], client: 'acme-corp' },
      { state: 'accepted' },
      { state: 'resolved', certainty: 'all' },
      { severity: ['high', 'medium'] },
      { rule: 'privileged-too-many', subjectKind: 'connection' },
      { search: 'no such subject' },
    ] as const
    for (const filter of filters) {
      const { rows, total } = await api.findings.list({ ...filter, limit: 500 })
      expect(total).toBe(rows.length)
      const expected = rows.map((row) => ({
        findingId: row.findingId,
        severity: row.severity,
        certainty: row.certainty,
        says: row.says,
        rule: { title: row.rule.title },
        client: { slug: row.client.slug },
        subject: { name: row.subject.name },
      }))
      expect([...streamFindings(service.context, filter)]).toEqual(expected)
    }
    for (const input of [{ client: 'nobody' }, { search: 'x'.repeat(201) }]) {
      const thrown = await api.findings.list(input).catch((error: unknown) => error)
      expect(thrown).toMatchObject({ code: 'client' in input ? 'NOT_FOUND' : 'BAD_REQUEST' })
      expect(() => [...streamFindings(service.context, input)]).toThrow(thrown instanceof Error ? thrown.message : '')
    }
  })

  it.each(['severity', 'rule', 'subjectKind', 'certainty'] as const)(
    'are counted by %s as the list with that filter has them, whatever the filter has chosen itself',
    async (by) => {
      const { api } = await sampled()
      const filter = { client: 'quillmarsh-mutual' }
      const counts = await api.findings.counts({ filter, by })
      expect(counts.length).toBeGreaterThan(1)
      for (const { value, count } of counts) {
        expect([value, (await api.findings.list({ ...filter, [by]: value, limit: 0 })).total]).toEqual([value, count])
      }
      const [first, second] = counts
      const both = await api.findings.list({ ...filter, [by]: [first?.value, second?.value], limit: 0 })
      expect(both.total).toBe((first?.count ?? 0) + (second?.count ?? 0))
      expect(await api.findings.counts({ filter: { ...filter, [by]: first?.value }, by })).toEqual(counts)
    },
  )

  it.each(['rule', 'client', 'subject'] as const)('counted by %s add up to the list', async (by) => {
    const { api } = await sampled()
    const { total } = await api.findings.list({ limit: 0 })
    const groups = await api.findings.groups({ by, limit: 500 })
    expect(groups.rows).toHaveLength(groups.total)
    expect(groups.rows.reduce((sum, group) => sum + group.count, 0)).toBe(total)
    for (const group of groups.rows) {
      expect(Object.values(group.counts).reduce((sum, count) => sum + count, 0)).toBe(group.count)
    }
    expect((await api.findings.groups({ by, offset: 1, limit: 1 })).rows).toEqual([groups.rows[1]])
  })

  it('are accepted with a reason until a day, in the journal, and can be reopened', async () => {
    const clock = { now: NOW }
    const service = await sampled(clock)
    const { api } = service
    const { rows } = await api.findings.list({ rule: 'privileged-too-many' })
    const findingId = rows[0]?.findingId ?? 0
    const until = addDays(TODAY, 7)
    const accepted = await api.findings.accept({
      findingId,
      until,
      reason: '  three automations  ',
      confirm: 'ACCEPT 1',
    })
    expect(accepted).toMatchObject({ state: 'accepted', accepted: { until, reason: 'three automations' } })
    expect((await api.findings.list({ rule: 'privileged-too-many' })).total).toBe(0)
    expect((await api.findings.list({ rule: 'privileged-too-many', state: 'accepted' })).total).toBe(1)
    clock.now = NOW + 8 * 86_400_000
    expect((await api.findings.list({ rule: 'privileged-too-many' })).total).toBe(1)
    clock.now = NOW
    expect(await api.findings.reopen({ findingId })).toMatchObject({ state: 'open', accepted: null })
    const reader = service.context.session().register?.reader
    expect(reader?.all('SELECT action, client, subject FROM journal ORDER BY seq DESC LIMIT 2')).toEqual([
      {
        action: 'finding.reopened',
        client: 'quillmarsh-mutual',
        subject: 'Too many owners and admins: Quillmarsh on OpenAI',
      },
      {
        action: 'finding.accepted',
        client: 'quillmarsh-mutual',
        subject: 'Too many owners and admins: Quillmarsh on OpenAI',
      },
    ])
  })

  it('are not accepted until a day that has passed, without a reason, or once resolved', async () => {
    const { api } = await sampled()
    const [open] = (await api.findings.list({ limit: 1 })).rows
    const [resolved] = (await api.findings.list({ state: 'resolved', limit: 1 })).rows
    const accept = (findingId: number | undefined, until: string, reason: string): Promise<unknown> =>
      api.findings.accept({ findingId: findingId ?? 0, until, reason, confirm: 'ACCEPT 1' })
    await expect(accept(open?.findingId, addDays(TODAY, -1), 'late')).rejects.toMatchObject({ code: 'INVALID' })
    await expect(accept(open?.findingId, TODAY, '  ')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(accept(resolved?.findingId, TODAY, 'late')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(accept(999_999, TODAY, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are not accepted for longer than the policy of their client allows, and a critical one only with its word', async () => {
    const { api } = await sampled()
    const [critical] = (await api.findings.list({ severity: 'critical', limit: 1 })).rows
    const about = { findingId: critical?.findingId ?? 0, reason: 'Known.' }
    await api.policy.set({ client: critical?.client.slug ?? '', values: { acceptanceDays: 40 } })
    const accept = (days: number, confirm?: string): Promise<unknown> =>
      api.findings.accept({ ...about, until: addDays(TODAY, days), ...(confirm === undefined ? {} : { confirm }) })
    await expect(accept(41, 'ACCEPT 1')).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('at most 40 days'),
    })
    await expect(accept(40)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'The finding is critical, and the word for it was not typed.',
      data: { hint: 'Type ACCEPT 1 to accept the risk of it.' },
    })
    await expect(accept(40, 'ACCEPT 2')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await accept(40, 'ACCEPT 1')).toMatchObject({ state: 'accepted' })
  })

  it('are accepted together, each in the journal, and reopened as a batch', async () => {
    const clock = { now: NOW }
    const service = await sampled(clock)
    const { api } = service
    const filter = { client: 'acme-corp', certainty: 'all' } as const
    const { total, rows } = await api.findings.list({ ...filter, limit: 500 })
    expect(total).toBeGreaterThan(10)
    const others = (await api.findings.list({ certainty: 'all', limit: 0 })).total - total
    const until = addDays(TODAY, 30)
    const one = rows[0]?.findingId ?? 0
    await api.findings.accept({ findingId: one, until, reason: 'Known.', confirm: 'ACCEPT 1' })
    clock.now += 1000
    const findings = rows.map((row) => row.findingId).filter((findingId) => findingId !== one)
    const { accepted, at } = await api.findings.acceptMany({
      findings,
      until,
      reason: 'Until the move.',
      confirm: `ACCEPT ${findings.length}`,
    })
    expect(accepted).toBe(total - 1)
    expect((await api.findings.list({ certainty: 'all', limit: 0 })).total).toBe(others)
    const taken = await api.findings.list({ ...filter, state: 'accepted', limit: 500 })
    expect(taken.rows.filter((row) => row.accepted?.reason === 'Until the move.')).toHaveLength(total - 1)
    const { reader } = makeRegister(service.context)
    const noted = `SELECT count(*) FROM journal WHERE action = ? AND client = 'acme-corp'`
    expect(reader.value(noted, ['finding.accepted'])).toBe(total)
    expect(await api.findings.reopenAll({ at })).toEqual({ reopened: total - 1 })
    expect(reader.value(noted, ['finding.reopened'])).toBe(total - 1)
    expect((await api.findings.list({ ...filter, limit: 500 })).rows).toEqual(
      rows.filter((row) => row.findingId !== one),
    )
    await expect(api.findings.reopenAll({ at })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are not accepted together when one of them is not open any more, or until a day that has passed', async () => {
    const { api } = await sampled()
    const filter = { client: 'acme-corp', severity: 'low' } as const
    const { total, rows } = await api.findings.list({ ...filter, limit: 500 })
    const findings = rows.map((row) => row.findingId)
    const given = { findings, until: TODAY, reason: 'Known.' }
    await expect(api.findings.acceptMany({ ...given, until: addDays(TODAY, -1) })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await api.findings.accept({ findingId: findings[0] ?? 0, until: TODAY, reason: 'Known.', confirm: 'ACCEPT 1' })
    await expect(api.findings.acceptMany(given)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await api.findings.list({ ...filter, limit: 0 })).total).toBe(total - 1)
  })

  it('need a typed word when a critical one is among those that are accepted together', async () => {
    const { api } = await sampled()
    const critical = (await api.findings.list({ severity: 'critical', limit: 1 })).rows
    const low = (await api.findings.list({ severity: 'low', limit: 2 })).rows
    const findings = [...critical, ...low].map((row) => row.findingId)
    const given = { findings, until: TODAY, reason: 'Known.' }
    await expect(api.findings.acceptMany(given)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(api.findings.acceptMany({ ...given, confirm: 'ACCEPT 2' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await api.findings.acceptMany({ ...given, confirm: 'ACCEPT 3' })).toMatchObject({ accepted: 3 })
  })

  it('follow a decision immediately, and mark the rows of their subjects', async () => {
    const { api } = await sampled()
    const key = (await api.keys.list({ search: 'terraform' })).rows[0]
    expect(key?.findings).toEqual({ count: 1, worst: 'critical' })
    await api.policy.set({ client: 'northfold', values: { adminKeyDays: 300 } })
    expect((await api.findings.list({ rule: 'admin-key-old' })).total).toBe(0)
    expect((await api.keys.get({ keyId: key?.keyId ?? 0 })).row.findings).toBeUndefined()
    const darius = (await api.people.list({ search: 'Darius' })).rows[0]
    expect(darius?.findings).toEqual({ count: 2, worst: 'critical' })
    expect((await api.projects.list({ search: 'ChatBot' })).rows[0]?.findings).toEqual({ count: 1, worst: 'medium' })
  })

  it('that are less certain are counted once the policy of a client counts them', async () => {
    const { api } = await sampled()
    const count = async (): Promise<readonly number[]> => {
      const { entries } = await api.today.list({ client: 'heliotide-clinics' })
      const listed = await api.findings.list({ client: 'heliotide-clinics', limit: 0 })
      return [listed.total, entries.filter(({ kind }) => kind === 'finding').length]
    }
    expect(await count()).toEqual([0, 0])
    await api.policy.set({ client: 'heliotide-clinics', values: { countedFindings: 'likely' } })
    const { rows } = await api.findings.list({ client: 'heliotide-clinics' })
    expect(new Set(rows.map(({ certainty, quiet }) => `${certainty} ${quiet}`))).toEqual(new Set(['likely false']))
    expect((await count())[0]).toBe(rows.length)
    expect(
      (await api.findings.list({ client: 'acme-corp', certainty: 'likely' })).rows.every(({ quiet }) => quiet),
    ).toBe(true)
  })

  it('show how current they are, and are evaluated again when a day has passed', async () => {
    const clock = { now: NOW }
    const { api } = await sampled(clock)
    expect(await api.findings.freshness({})).toEqual({ day: TODAY, isCurrent: true })
    expect(await api.findings.evaluate()).toEqual({ evaluated: 0 })
    clock.now = NOW + 86_400_000
    expect(await api.findings.freshness({})).toEqual({ day: TODAY, isCurrent: false })
    expect(await api.findings.evaluate()).toEqual({ evaluated: 12 })
    expect((await api.findings.freshness({})).isCurrent).toBe(true)
  })

  it('have a trend that ends with the open findings', async () => {
    const { api } = await sampled()
    const trend = await api.findings.trend({})
    expect(trend.length).toBeGreaterThan(3)
    expect(trend.map((point) => point.day)).toEqual(trend.map((point) => point.day).toSorted())
    const { total } = await api.findings.list({ limit: 0 })
    const last = trend.at(-1)
    expect(last?.day).toBe(TODAY)
    expect(Object.values(last?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(total)
  })
})
