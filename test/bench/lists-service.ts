/**
 * A separate process that reads lists of a profile through the service and prints the times: `node lists-service.ts
 * PROFILE SLICES`.
 */
// The areas read from their sources take longer than their first rows; the product has them in built files.
import '../../electron/service/access/router.ts'
import '../../electron/service/keys/router.ts'
import '../../electron/service/people/router.ts'
import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { drawer } from './big-register.ts'
import { quietHost } from './harness/quiet-host.ts'

type Times = Readonly<Record<'keys' | 'access' | 'people', number[]>>

export interface SliceTimes {
  /** The first rows of a list, in the order in which the window opens it; milliseconds. */
  readonly first: Times
  /** The first slice elsewhere, for which the whole order is worked out. */
  readonly whole: Times
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
  access: (offset: number) => api.access.list({ sort: { by: 'principal', direction: 'asc' }, offset, limit: LIMIT }),
  people: (offset: number) => api.people.list({ sort: { by: 'name', direction: 'asc' }, offset, limit: LIMIT }),
}
const first: Times = { keys: [], access: [], people: [] }
const whole: Times = { keys: [], access: [], people: [] }
const slices: Times = { keys: [], access: [], people: [] }
const totals: Record<keyof Times, number> = { keys: 0, access: 0, people: 0 }
const draw = drawer(7)
for (const list of ['keys', 'access', 'people'] as const) {
  const before = performance.now()
  totals[list] = (await read[list](0)).total
  first[list].push(performance.now() - before)
  const elsewhere = performance.now()
  await read[list](Math.floor(totals[list] / 2))
  whole[list].push(performance.now() - elsewhere)
  for (let n = 0; n < Number(count); n += 1) {
    const start = performance.now()
    await read[list](Math.floor((draw() * totals[list]) / LIMIT) * LIMIT)
    slices[list].push(performance.now() - start)
  }
}
const result: SliceTimes = {
  first,
  whole,
  slices,
  totals,
  residentMegabytes: Math.round(process.memoryUsage().rss / 1e6),
}
process.stdout.write(JSON.stringify(result))
await service.close()
