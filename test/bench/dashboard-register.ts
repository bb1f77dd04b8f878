import { join } from 'node:path'
import { rmSync } from 'node:fs'

import { clientId } from '../../electron/register/clients/slug.ts'
import { importUsage } from '../../electron/service/usage/import.ts'
import { usageProfile } from './harness/profile.ts'
import type { Setting } from './harness/report.ts'
import { writeUsageRecords } from './usage-records.ts'
import { insertClient } from '../fixtures/decided-rows.ts'

/** A profile with this number of usage records of one client, imported by the real import. */
export async function dashboardProfile(setting: Setting, rows: number): Promise<string> {
  return usageProfile(setting, rows, async (register) => {
    const csv = join(setting.scratch, 'usage.csv')
    await writeUsageRecords(csv, rows)
    register.transact((writer) =>
      insertClient(writer, {
        slug: 'agency',
        name: 'Agency',
        kind: 'client',
        colour: '#0077bb',
        domains: [],
        notes: '',
        at: Date.now(),
      }),
    )
    const id = clientId(register.reader, 'agency') ?? 0
    const options = { register, clientId: id, client: 'agency', path: csv, operator: 'bench', now: Date.now }
    for await (const { done, read } of importUsage(options, new AbortController().signal)) {
      if (done) setting.say(`took ${read.toLocaleString('en')} records in`)
    }
    rmSync(csv)
  })
}
