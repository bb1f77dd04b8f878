import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { evaluateNow } from '../../../../electron/service/findings/findings.ts'
import { RULES_ELSEWHERE } from '../../../../electron/register/findings/tally.ts'
import type { FindingRow } from '../../../../shared/contract/findings.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import type { PolicyOverride } from '../../../../shared/domain/policy.ts'
import { depart } from '../../register/leavers/depart.ts'
import { grant, key, user } from '../../register/registers.ts'
import { acmeParts, DAY, NOON, type Seeded, seeded } from '../seeded.ts'

const CREDENTIAL = 'sk-admin-0123456789abcdef'

/** Admin keys that expire, a leaver, an invite, and keys of every use. */
async function agency(): Promise<Seeded> {
  const of = await seeded()
  for (const id of Object.values(of.connections)) {
    await of.api.connection.setCredential({ id, credential: CREDENTIAL })
  }
  const parts = acmeParts().map((part) =>
    part.source === 'users'
      ? {
          ...part,
          facts: [
            ...part.facts,
            user('u9', { name: 'Lea Ver', email: 'lea@acme.example' }),
            grant('u9', null, { roleRaw: 'reader', level: 'reader' }),
            user('inv_1', {
              kind: 'invite',
              name: null,
              email: 'new@elsewhere.example',
              status: 'pending',
              addedAt: NOON - 10 * DAY,
              expiresAt: NOON + 12 * DAY,
            }),
          ],
        }
      : part,
  )
  const admin = (id: string, days: number) =>
    key(id, { kind: 'admin', project: null, name: id, createdAt: NOON - 20 * DAY, expiresAt: NOON + days * DAY })
  of.read(of.connections.acme, [
    ...parts,
    { source: 'admin-keys', facts: [admin('adm_1', 9), admin('adm_2', 20), admin('adm_3', 300)] },
  ])
  const { rows } = await of.api.people.list({ search: 'Lea' })
  makeRegister(of.service.context).transact((writer) => depart(writer, rows[0]?.personId ?? 0))
  return of
}

type Today = Outputs['today']['list']

/** How Today shows the subject of a finding of each rule that is left to another row. */
const SHOWN: Readonly<Record<(typeof RULES_ELSEWHERE)[number], (today: Today, finding: FindingRow) => boolean>> = {
  'rotation-overdue': ofClient('keys', /past (?:its|their) rotation date/u),
  'admin-key-old': ofClient('keys', /past (?:its|their) rotation date/u),
  'leaver-with-access': ofClient('leaver', /still ha(?:s|ve) access/u),
  // A review of leavers is not listed beside the leavers.
  'review-overdue': (today, finding) =>
    ofClient('review', /./u)(today, finding) ||
    (finding.says.endsWith(': Leavers.') && ofClient('leaver', /./u)(today, finding)),
  'sync-stale': ofClient('connection', /./u),
  'invite-expired': ofClient('invites', /./u),
}

function ofClient(kind: string, says: RegExp) {
  return ({ entries }: Today, { client }: FindingRow): boolean =>
    entries.some(
      (entry) => entry.kind === kind && says.test(entry.says) && entry.clients.some(({ slug }) => slug === client.slug),
    )
}

async function listOpen({ api }: Seeded): Promise<readonly FindingRow[]> {
  const { rows } = await api.findings.list({ state: 'open', limit: 500 })
  return rows.filter(({ quiet }) => !quiet)
}

describe('Today, the findings and the filters', () => {
  it('agree: an open finding is in Today by its rule or by the row that replaces it, under every policy and on every day', async () => {
    const of = await agency()
    const days = fc.constantFrom(1, 3, 5, 7, 9, 10, 14, 30, 60)
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          staleSyncDays: days,
          expiryNoticeDays: days,
          adminKeyDays: days,
          staleInviteDays: days,
          unusedFlagDays: days,
        }),
        fc.nat({ max: 40 }),
        async (values: PolicyOverride, later) => {
          await of.api.policy.set({ client: 'acme', values })
          of.clock.now = NOON + later * DAY
          evaluateNow(of.service.context)
          const today = await of.api.today.list({})
          const rules = new Set(
            today.entries.flatMap(({ action: { target }, entryId }) =>
              target.to === 'findings' ? [target.rule] : entryId.startsWith('finding-') ? [entryId.slice(8)] : [],
            ),
          )
          const missing = (await listOpen(of)).filter((finding) => {
            const shown = (SHOWN as Readonly<Record<string, (typeof SHOWN)['sync-stale']>>)[finding.rule.id]
            if (shown !== undefined) return !shown(today, finding)
            // Of one subject only the most severe finding has a row, so only the most severe ones are looked for by rule.
            return (
              finding.rule.id === 'admin-key-expiring' && !rules.has('admin-key-expiring') && !isWorse(today, finding)
            )
          })
          expect(missing.map(({ rule, subject, says }) => [rule.id, subject.name, says])).toEqual([])
          const stale = (await listOpen(of)).some(({ rule }) => rule.id === 'sync-stale')
          const isStaleToday = today.entries.some(
            ({ kind, says }) => kind === 'connection' && /was not synced/u.test(says),
          )
          expect(isStaleToday).toBe(stale)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('have a row of Today for every rule that is left to another row', () => {
    expect(Object.keys(SHOWN).toSorted()).toEqual([...RULES_ELSEWHERE].toSorted())
  })

  it('call a key unused exactly where a finding about its use is open, by the policy of its client', async () => {
    const of = await seeded()
    const use = (id: string, over: Parameters<typeof key>[1]) =>
      key(id, { name: id, createdAt: NOON - 300 * DAY, ...over })
    const facts = [0, 10, 29, 30, 44, 45, 46, 89, 90, 200].flatMap((days) => [
      use(`used-${days}`, { lastUse: { state: 'known', at: NOON - days * DAY } }),
      use(`never-${days}`, { createdAt: NOON - days * DAY, lastUse: { state: 'never' } }),
      use(`silent-${days}`, { createdAt: NOON - days * DAY, lastUse: { state: 'not-reported' } }),
    ])
    for (const id of Object.values(of.connections)) of.read(id, [{ source: 'project-keys', project: 'proj_a', facts }])
    await of.api.policy.set({ values: { countedFindings: 'likely' } })
    await of.api.policy.set({ client: 'borealis', values: { unusedFlagDays: 10, neverUsedDays: 200 } })
    evaluateNow(of.service.context)
    const rules = ['key-unused', 'key-unused-remove', 'key-never-used', 'admin-key-unused']
    for (const client of ['acme', 'borealis', undefined]) {
      const scope = client === undefined ? {} : { client }
      const { rows } = await of.api.keys.list({ ...scope, flag: 'unused', limit: 500 })
      const { rows: found } = await of.api.findings.list({ ...scope, state: 'open', limit: 500 })
      const subjects = found.filter(({ rule }) => rules.includes(rule.id))
      expect(new Set(rows.map((row) => `${row.client.slug} ${row.name}`))).toEqual(
        new Set(subjects.map((finding) => `${finding.client.slug} ${finding.subject.name}`)),
      )
      expect(rows.length).toBeGreaterThan(0)
    }
  })

  it('call a person external exactly where one of its accounts has an address outside the domains of its client and of the agency', async () => {
    const of = await seeded()
    const domains = { acme: 'acme.example', borealis: 'borealis.example' }
    const addresses = ['a@acme.example', 'b@BOREALIS.example', 'c@agency.example', 'd@elsewhere.example', 'no address']
    const accounts = Object.entries(domains).flatMap(([client, own]) =>
      addresses.map((email, at) => ({ client, own, email, id: `${client}-${at}` })),
    )
    for (const [client, id] of Object.entries(of.connections)) {
      const facts = accounts
        .filter((each) => each.client === client)
        .map((each) => user(each.id, { name: each.email, email: each.email }))
      of.read(id, [{ source: 'users', facts }])
    }
    const expectExternal = async (agency: readonly string[]): Promise<void> => {
      const outside = accounts.filter(({ email, own }) => {
        const domain = email.split('@')[1]?.toLowerCase()
        return domain !== undefined && domain !== own && !agency.includes(domain)
      })
      const { rows } = await of.api.people.list({ limit: 500 })
      const { rows: filtered } = await of.api.people.list({ external: true, limit: 500 })
      const names = (people: typeof rows): Set<string | null> => new Set(people.map(({ name }) => name))
      expect(names(rows.filter(({ external }) => external))).toEqual(new Set(outside.map(({ email }) => email)))
      expect(names(filtered)).toEqual(new Set(outside.map(({ email }) => email)))
      for (const client of Object.keys(domains)) {
        const { rows: own } = await of.api.people.list({ client, external: true, limit: 500 })
        expect(names(own)).toEqual(new Set(outside.filter((each) => each.client === client).map(({ email }) => email)))
      }
    }
    await expectExternal([])
    await of.api.client.add({ name: 'We', slug: 'we', kind: 'internal', domains: ['Agency.example'] })
    await expectExternal(['agency.example'])
  })

  it('count an agency’s own domain as soon as its internal client is added, without a sync', async () => {
    const of = await seeded()
    evaluateNow(of.service.context)
    const listExternal = async (): Promise<number> =>
      (await of.api.findings.list({ client: 'acme', rule: 'external-privileged', state: 'open' })).total
    expect(await listExternal()).toBe(1)
    await of.api.client.add({ name: 'We', slug: 'we', kind: 'internal', domains: ['agency.example'] })
    evaluateNow(of.service.context)
    expect(await listExternal()).toBe(0)
  })
})

function isWorse({ entries }: Today, { client }: FindingRow): boolean {
  return entries.some(
    ({ risk, clients }) => ['critical', 'high'].includes(risk) && clients.some(({ slug }) => slug === client.slug),
  )
}
