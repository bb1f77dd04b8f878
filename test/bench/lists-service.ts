/**
 * A separate process that reads lists of a profile through the service and prints the times: `node lists-service.ts
 * PROFILE SLICES`.
 */
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { drawer } from './big-register.ts'
import { quietHost } from './harness/quiet-host.ts'

type Times = Readonly<Record<'keys' | 'access' | 'people', number[]>>

export interface SliceTimes {
  /** The first slice of a list, whose order is worked out for it; milliseconds. */
  readonly first: Times
  /** Later slices, each somewhere else. */
  readonly slices: Times
  readonly totals: Readonly<Record<keyof Times, number>>
  readonly residentMegabytes: number
}

const LIMIT = 100

const [profile = '', count = '25'] = process.argv.slice(2)
const service = await openService({
  profile,
  mode: 'read',
  host: quietHost(),
  secrets: memoryStore('The benchmark uses no keychain.'),
})
const { api } = service
const read = {
  keys: (offset: number) => api.keys.list({ sort: { by: 'due', direction: 'asc' }, offset, limit: LIMIT }),
  access: (offset: number) => api.access.list({ sort: { by: 'client', direction: 'asc' }, offset, limit: LIMIT }),
  people: (offset: number) => api.people.list({ sort: { by: 'name', direction: 'asc' }, offset, limit: LIMIT }),
}
const first: Times = { keys: [], access: [], people: [] }
const slices: Times = { keys: [], access: [], people: [] }
const totals: Record<keyof Times, number> = { keys: 0, access: 0, people: 0 }
const draw = drawer(7)
for (const list of ['keys', 'access', 'people'] as const) {
  const before = performance.now()
  totals[list] = (await read[list](0)).total
  first[list].push(performance.now() - before)
  for (let n = 0; n < Number(count); n += 1) {
    const start = performance.now()
    await read[list](Math.floor((draw() * totals[list]) / LIMIT) * LIMIT)
    slices[list].push(performance.now() - start)
  }
}
const result: SliceTimes = { first, slices, totals, residentMegabytes: Math.round(process.memoryUsage().rss / 1e6) }
process.stdout.write(JSON.stringify(result))
await service.close()
