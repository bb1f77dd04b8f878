import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { setReportState } from '../../../../electron/register/usage/reports.ts'
import type { UsageFact, UsageReport } from '../../../../shared/domain/usage/fact.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { newService, recordingHost } from '../services.ts'

/** Monday, the day on which the week before is reported. */
export const MONDAY = Date.parse('2026-11-23T12:00:00Z')

export function day(text: string): number {
  return dayNumber(Date.parse(`${text}T00:00:00Z`))
}

export function fact(on: string, fields: Partial<UsageFact>): UsageFact {
  const nothing = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, cost: 0, estimate: 0 }
  const reported = { project: null, key: null, principal: null, model: null, item: '' }
  return { ...nothing, ...reported, ...fields, day: day(on) }
}

/** A service with clients, to whose connections days can be billed. */
export async function billing() {
  const host = recordingHost()
  let now = MONDAY
  const service = await newService({ host, now: () => now })
  const register = makeRegister(service.context)
  const clientId = (slug: string): number =>
    register.reader.value<number>('SELECT id FROM client WHERE slug = ?', [slug]) ?? 0
  return {
    ...service,
    host,
    register,
    folder: mkdtempSync(join(tmpdir(), 'castellan-reports-')),
    at: (text: string) => void (now = Date.parse(text)),
    connect: (slug: string, label: string, provider = 'openai') =>
      register.transact(
        (writer) =>
          writer.run(
            "INSERT INTO connection (client_id, provider, label, access, organization_id, created_at, uid) VALUES (?, ?, ?, 'read-only', ?, 0, ?)",
            [clientId(slug), provider, label, `org-${label}`, createUid(0)],
          ).lastId,
      ),
    /** What a connection reports from a day to another, fully read so far. */
    bill: (
      slug: string,
      connectionId: number,
      span: readonly [from: string, to: string],
      facts: readonly UsageFact[],
    ) =>
      register.transact((writer) => {
        const owner = { clientId: clientId(slug), connectionId }
        const [from, to] = [day(span[0]), day(span[1])]
        for (const report of ['cost', 'completions'] as const satisfies readonly UsageReport[]) {
          const own = facts.filter(({ cost }) => (cost !== 0) === (report === 'cost'))
          replaceUsageDays(writer, owner, { report, from, to, facts: own })
          setReportState(writer, connectionId, {
            report,
            state: 'complete',
            reason: null,
            readFrom: from,
            readTo: to,
            way: 0,
            wayAt: 0,
            at: now,
          })
        }
      }),
  }
}
