/**
 * A process of its own that adds and syncs a whole agency, and reports what the register then holds and how much memory
 * it took: `node sync-agency.ts PROFILE`, with a JSON list of connections on standard input.
 */
import { json } from 'node:stream/consumers'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import type { Inputs } from '../../../../shared/contract/contract.ts'

const [profile = ''] = process.argv.slice(2)
const connections = (await json(process.stdin)) as Inputs['connection']['add'][]
const service = await openService({
  profile,
  mode: 'write',
  host: {
    shell: 'terminal',
    notify: () => undefined,
    saveTarget: () => Promise.resolve({ outcome: 'cancelled' }),
    setTitle: () => undefined,
  },
  secrets: memoryStore('No keychain in this test.'),
})
const { api } = service
await api.client.add({ name: 'Big agency' })
for (const connection of connections) await api.connection.add(connection)

let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)
await api.sync.start({})
const states: string[] = []
for await (const runs of await api.sync.watch({})) {
  if (runs.every((run) => run.phase === 'done')) states.push(...runs.map((run) => run.result?.state ?? 'none'))
}
clearInterval(watch)
const reader = service.context.session().register?.reader
const count = (table: string): unknown => reader?.value(`SELECT count(*) FROM ${table} WHERE to_sync IS NULL`)
process.stdout.write(
  JSON.stringify({
    states,
    grants: count('grant'),
    keys: count('key_version'),
    projects: count('project_version'),
    problems: (await api.app.integrity()).problems,
    peakMegabytes: Math.round(peak / 1e6),
  }),
)
await service.close()
