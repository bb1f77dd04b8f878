import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { newProfile } from '../electron/service/services.ts'
import { makeRandom } from '../providers/random.ts'
import { DRILL_LIMIT_MS, drill } from './drill.ts'
import { openOn } from '../faults/world.ts'
import { enter, importOnce, syncOnce } from './kill-syncs-child.ts'
import { organization, standing, VARIANTS } from './kill-syncs-world.ts'

const { count: KILLS, seed: SEED } = drill('kill-syncs')
const LANES = 2

type Standing = Readonly<Record<string, string>>

interface Sound {
  /** What each of the two organizations may be: nothing yet, or one of its two states. */
  readonly may: Readonly<Record<string, ReadonlySet<string>>>
  /** How long this machine takes for a sync (`s`) and an import (`i`), in milliseconds. */
  readonly took: { readonly s: number; readonly i: number }
}

async function sound(baseUrl: string): Promise<Sound> {
  const seen: Standing[] = []
  const service = await openOn(newProfile(), 'write')
  await enter(service, baseUrl)
  seen.push(standing(service))
  const took = { s: 0, i: 0 }
  for (const variant of VARIANTS) {
    took.s = await timed(() => syncOnce(service, variant))
    took.i = await timed(() => importOnce(service, variant))
    seen.push(standing(service))
  }
  await service.close()
  const of = (provider: string): ReadonlySet<string> => new Set(seen.map((s) => s[provider] ?? ''))
  return { may: { openai: of('openai'), anthropic: of('anthropic') }, took }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/**
 * Runs the child until it begins a sync (`s`) or an import (`i`), and kills it some milliseconds later. Returns what it
 * was doing.
 */
async function killOnce(profile: string, baseUrl: string, from: 's' | 'i', ms: number): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${import.meta.dirname}/kill-syncs-child.ts`, profile, baseUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  let doing = ''
  child.stdout.on('data', (data: Buffer) => (doing = data.toString().slice(-1)))
  while (!doing.includes(from)) await once(child.stdout, 'data')
  await sleep(ms)
  child.kill('SIGKILL')
  const [, signal] = (await exited) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return doing
}

describe('killing the process in the middle of syncs and imports', () => {
  it('leaves the last complete sync each time', { timeout: DRILL_LIMIT_MS }, async () => {
    const server = await startFakeOpenAi({ organizations: VARIANTS.map(organization), latencyMs: 2 })
    const { may, took } = await sound(server.baseUrl)
    expect([...(may['openai'] ?? [])]).toHaveLength(3)
    expect([...(may['anthropic'] ?? [])]).toHaveLength(3)
    const doing: string[] = []
    const reached = new Set<string>()
    const inLane = async (lane: number): Promise<void> => {
      const profile = newProfile()
      const random = makeRandom(SEED * 1000 + lane)
      for (let n = 0; n * LANES + lane <= KILLS; n += 1) {
        const from = n % 2 === 0 ? 's' : 'i'
        // Half of them while it lasts, the other half anywhere in both states of the organizations.
        const within = n % 4 < 2 ? took[from] * 0.9 : 2 * (took.s + took.i)
        doing.push(await killOnce(profile, server.baseUrl, from, random() * within))
        const service = await openOn(profile, 'read')
        expect((await service.api.app.integrity()).problems).toEqual([])
        for (const [provider, hash] of Object.entries(standing(service))) {
          expect([...(may[provider] ?? [])]).toContain(hash)
          reached.add(`${provider} ${hash}`)
        }
        await service.close()
      }
    }
    await Promise.all(Array.from({ length: LANES }, (_, n) => inLane(n + 1)))
    await server.close()
    const during = (what: string): number => doing.filter((d) => d === what).length
    console.log(
      `${doing.length} kills: ${during('s')} in a sync, ${during('i')} in an import; ${reached.size} of 6 states seen`,
    )
    expect(doing).toHaveLength(KILLS)
    // Few kills may all come between the two.
    const least = KILLS < 8 ? 0 : 1
    expect(during('s')).toBeGreaterThanOrEqual(least)
    expect(during('i')).toBeGreaterThanOrEqual(least)
  })
})
