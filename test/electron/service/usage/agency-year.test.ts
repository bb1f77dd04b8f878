import { expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { dayNumber, dayText } from '../../../../shared/domain/usage/rollups.ts'
import { DRILL_LIMIT_MS, drill } from '../../../drills/drill.ts'
import { anthropicOrganization } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { openAiOrganization } from '../../../providers/openai-organization.ts'
import { makeRandom } from '../../../providers/random.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { connected, gathered } from '../fakes.ts'
import { newService } from '../services.ts'

const { count: ORGANIZATIONS, seed: SEED } = drill('usage-year')
const DAYS = 365

/** The first sync goes back half a year from here; later ones continue where the last ended. */
const FIRST = Date.parse('2026-05-28T12:00:00Z')
const LAST = Date.parse('2026-11-24T12:00:00Z')
const READINGS = [FIRST, Date.parse('2026-08-27T12:00:00Z'), LAST] as const

const MODELS = ['gpt-5.4', 'claude-sonnet-5', 'unheard-of'] as const

interface Organization {
  readonly credential: string
  readonly provider: 'openai' | 'anthropic'
  /** What the provider holds; it may be changed while a test runs. */
  readonly use: FakeUse[]
}

/** Two uses on each of the 365 days until the last sync, without days before the reach of the first. */
function makeYear(n: number): FakeUse[] {
  const random = makeRandom(SEED * 1000 + n + 1)
  const whole = (most: number): number => Math.floor(random() * most)
  const until = dayNumber(LAST)
  const reach = dayNumber(FIRST) - 180
  return Array.from({ length: DAYS }, (_, back) => until - back)
    .filter((day) => day >= reach)
    .flatMap((day) => [0, 1].map((half) => ({ day, half })))
    .map(({ day, half }) => ({
      day: dayText(day),
      project: whole(5) === 0 ? null : `project-${n}-${half}`,
      key: whole(5) === 0 ? null : `key-${n}-${whole(3)}`,
      user: whole(2) === 0 ? null : `user-${n}`,
      model: MODELS[whole(MODELS.length)] ?? 'gpt-5.4',
      requests: whole(50),
      input: 500 + whole(100_000),
      cached: whole(500),
      output: whole(10_000),
      milliCents: whole(3_000_000),
    }))
}

interface Sums {
  readonly cost: number
  readonly input: number
  readonly requests: number
}

/** Of each connection, in whole micro-USD for the cost. */
async function totals(service: Service): Promise<ReadonlyMap<number, Sums>> {
  const sums = new Map<number, Sums>()
  for (const month of await service.api.usage.months({ source: 'billed' })) {
    const { rows } = await service.api.usage.by({ month, by: 'connection', source: 'billed' })
    for (const { ref, cost, input, requests } of rows) {
      const before = sums.get(ref ?? 0)
      sums.set(ref ?? 0, {
        cost: cost + (before?.cost ?? 0),
        input: input + (before?.input ?? 0),
        requests: requests + (before?.requests ?? 0),
      })
    }
  }
  return sums
}

function reported(use: readonly FakeUse[], until: number): Sums {
  const days = use.filter(({ day }) => Date.parse(day) <= until)
  return {
    cost: days.reduce((sum, { milliCents }) => sum + milliCents * 10, 0),
    input: days.reduce((sum, { input }) => sum + input, 0),
    requests: days.reduce((sum, { requests }) => sum + requests, 0),
  }
}

it(
  'a year of many organizations adds up to the cent in each; read again it stays, and a late correction is applied',
  { timeout: DRILL_LIMIT_MS },
  async () => {
    const organizations = Array.from({ length: ORGANIZATIONS }, (_, n): Organization => {
      const provider = n % 2 === 0 ? 'openai' : 'anthropic'
      const prefix = provider === 'openai' ? 'sk-admin' : 'sk-ant-admin01'
      return { provider, credential: `${prefix}-Qm7xYear${String(n).padStart(4, '0')}0001`, use: makeYear(n) }
    })
    const of = (provider: Organization['provider']): Organization[] =>
      organizations.filter((organization) => organization.provider === provider)
    const openai = await startFakeOpenAi({
      organizations: of('openai').map(({ credential, use }, n) =>
        openAiOrganization({ id: `org-year${n}`, credentials: [credential], use }),
      ),
    })
    const anthropic = await startFakeAnthropic({
      organizations: of('anthropic').map(({ credential, use }, n) =>
        // Half of them are from before the reports of today.
        anthropicOrganization({
          me: { id: `org_year${n}`, name: `Year ${n}` },
          credentials: [credential],
          use,
          analytics: n % 2 === 0,
        }),
      ),
    })
    let now: number = FIRST
    const service = await newService({ now: () => now })
    const owners = new Map<number, Organization>()
    for (const [n, organization] of organizations.entries()) {
      const { provider, credential } = organization
      const server = provider === 'openai' ? openai : anthropic
      owners.set(await connected(service.api, server, { client: `client-${n}`, provider, credential }), organization)
    }
    const sync = async (): Promise<void> => {
      const outcomes = await gathered(await service.api.usage.sync({}))
      expect(outcomes.map(({ skipped }) => skipped)).toEqual(organizations.map(() => null))
    }
    const expected = (): ReadonlyMap<number, Sums> =>
      new Map([...owners].map(([id, { use }]) => [id, reported(use, now)]))
    const cells = (): unknown =>
      ['usage_cell', 'usage_fact'].map((table) => getReader(service.context).all(`SELECT * FROM ${table}`))

    for (const at of READINGS) {
      now = at
      await sync()
      expect(await totals(service)).toEqual(expected())
    }
    const before = cells()
    await sync()
    expect(cells()).toEqual(before)

    // Recent days may still change: an amount grows, another shrinks, a day gets one more row, and one is removed.
    for (const { use } of organizations) {
      const young = use.filter(({ day }) => Date.parse(day) > LAST - 4 * 86_400_000)
      const [grows, shrinks, goes] = young
      if (!grows || !shrinks || !goes) throw new Error('The last days hold no use.')
      use.splice(use.indexOf(grows), 1, { ...grows, milliCents: grows.milliCents + 1, input: grows.input + 7 })
      use.splice(use.indexOf(shrinks), 1, { ...shrinks, milliCents: Math.floor(shrinks.milliCents / 2) })
      use.splice(use.indexOf(goes), 1)
      use.push({ ...grows, project: null, milliCents: 12_345 })
    }
    await sync()
    expect(await totals(service)).toEqual(expected())
    const corrected = cells()
    expect(corrected).not.toEqual(before)
    await sync()
    expect(cells()).toEqual(corrected)
    await openai.close()
    await anthropic.close()
  },
)
