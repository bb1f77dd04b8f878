import { beforeAll, describe, expect, it } from 'vitest'

import { evaluateStale } from '../../../../electron/register/findings/evaluate.ts'
import { type FindingQuery, findingIds, findingsById } from '../../../../electron/register/findings/list.ts'
import { type Register } from '../../../../electron/register/register.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import { schedule } from '../../../../electron/register/reviews/schedule/schedule.ts'
import { loadSample } from '../../../../electron/service/sample/load.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { settle } from '../../../fixtures/decided-rows.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const TODAY = toLocalDay(NOW)

let register: Register

beforeAll(() => {
  register = openRegister({ path: ':memory:', key: new Uint8Array(32), now: () => NOW })
  loadSample(register, { today: TODAY, now: NOW })
})

function listFindings(query: Partial<FindingQuery> = {}): readonly string[] {
  const sort = { by: 'severity', direction: 'asc' } as const
  const ids = findingIds(register.reader, { state: 'open', ...query, sort }, TODAY)
  const rows = findingsById(register.reader, ids, { now: NOW, today: TODAY })
  return rows.map(({ row }) => `${row.rule.id}: ${row.subject.name}`).toSorted()
}

/** Keys that are due by a day, by name. */
function listDue(client: string, by: string): readonly string[] {
  return register.reader.column<string>(
    `SELECT v.name FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
     JOIN connection n ON n.id = k.connection_id JOIN client c ON c.id = n.client_id
     WHERE c.slug = ? AND k.due_on < ? ORDER BY v.name`,
    [client, by],
  )
}

/** All counted findings of each client. */
const STORIES: Readonly<Record<string, readonly string[]>> = {
  // The client that is in order.
  'heliotide-clinics': [],
  northfold: [
    'admin-key-old: audit-export',
    'admin-key-old: cost-dashboard',
    'admin-key-old: terraform',
    'key-owner-none: prod-review-bot',
    'key-without-project: ops-wide',
  ],
  'acme-corp': [
    'external-privileged: auditor@ledgerwell.example',
    'invite-expired: dana.new@acme.example',
    'invite-expired: summer.intern@acme.example',
    'key-owner-gone: carl test',
    'key-unused-remove: dev-chatbot-local',
    'plan-missing: Acme Corp on Anthropic',
    'plan-organization-extra: Acme Corp on OpenAI',
    'plan-person-extra: Leilani Kahananui',
    'plan-project-limit-differs: Product-Dev',
    'plan-role-differs: Rebecca Oyelaran',
    'project-limit-disagrees: ChatBot',
    'review-overdue: Acme Corp on Anthropic',
    'review-overdue: Acme Corp on OpenAI',
    'rotation-overdue: ci-testing',
    'rotation-overdue: prod-chatbot-realtime',
  ],
  'quillmarsh-mutual': [
    'certificate-expiring: Quillmarsh on OpenAI',
    'federation-wildcard: claims-ci',
    'invite-expired: d.fontaine@quillmarsh.example',
    'invite-expired: reviewer@ledgerwell.example',
    'key-expiry-past-ceiling: prod-claims-webhook',
    'key-in-archived-project: broker-portal-backend',
    'key-never-used: dev-claims-trial',
    'key-owner-gone: nils-claims-hotfix',
    'key-owner-gone: prod-underwriting-scoring',
    'leaver-with-access: Darius Wendt',
    'privileged-too-many: Quillmarsh on OpenAI',
    'rotation-overdue: prod-claims-mobile',
    'rotation-overdue: prod-documents-redact',
    'rotation-overdue: prod-service-telephony',
    'rotation-overdue: prod-underwriting-geo-risk',
  ],
  'tarnbeck-rail': [
    'leaver-with-access: Darius Wendt',
    'rotation-overdue: prod-depots-forms',
    'rotation-overdue: prod-timetable-archive',
    'sync-stale: Tarnbeck on Cursor',
  ],
}

describe('the findings of the sample agency', () => {
  it.each(Object.entries(STORIES))('at %s are those of its story: %j', (client, findings) => {
    expect(listFindings({ client })).toEqual(findings)
  })

  it('are few enough to read, and the less certain ones are listed on demand', () => {
    const counted = listFindings()
    expect(counted.length).toBeGreaterThanOrEqual(25)
    expect(counted.length).toBeLessThanOrEqual(40)
    expect(listFindings({ certainty: 'likely' }).length).toBeGreaterThan(20)
    expect(listFindings({ certainty: 'opinion' }).length).toBeGreaterThan(20)
  })

  it('report agency staff once a client is archived', () => {
    register.transact((writer) => {
      settle(writer, 'client.archived', { client: 'quillmarsh-mutual', at: NOW }, {})
      evaluateStale(writer, { now: NOW, today: TODAY })
    })
    expect(listFindings({ rule: 'agency-staff-in-archived-client' }).map((one) => one.split(': ')[1])).toEqual([
      'Darius Wendt',
      'Mara Lindqvist',
      'Priya Raghunathan',
    ])
  })
})

describe('what is due in the sample agency', () => {
  it('is about ten overdue keys, three of them admin keys of the agency itself', () => {
    const overdue = Object.keys(STORIES).flatMap((client) => listDue(client, TODAY))
    expect(overdue.length).toBeGreaterThanOrEqual(8)
    expect(overdue.length).toBeLessThanOrEqual(12)
    expect(listDue('northfold', TODAY)).toEqual(['audit-export', 'cost-dashboard', 'terraform'])
  })

  it('is one review that is nine days overdue', () => {
    const overdue = schedule(register.reader, {}, { now: NOW, today: TODAY }).filter(({ row }) => row.overdue)
    expect(overdue.map(({ row }) => [row.client.slug, row.kind, row.dueOn])).toEqual([
      ['acme-corp', 'admins', addDays(TODAY, -9)],
    ])
  })

  it('is nothing at the client that is in order: no key within a month, no review within a fortnight', () => {
    expect(listDue('heliotide-clinics', addDays(TODAY, 31))).toEqual([])
    const soon = schedule(register.reader, { client: 'heliotide-clinics' }, { now: NOW, today: TODAY }).filter(
      ({ row }) => row.dueOn !== null && row.dueOn < addDays(TODAY, 14),
    )
    expect(soon).toEqual([])
  })
})
