import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { newProfile } from '../electron/service/services.ts'
import { randomOf } from '../providers/random.ts'
import { enter, importOnce, openOn, syncOnce } from './crash-child.ts'
import { organization, standing, VARIANTS } from './crash-world.ts'

const KILLS = Number(process.env['CASTELLAN_KILLS'] ?? 200)
const LANES = 2

type Standing = Readonly<Record<string, string>>

/** What may stand: nothing yet, or one of the two states, of each of the two organizations. */
async function sound(baseUrl: string): Promise<Readonly<Record<string, ReadonlySet<string>>>> {
  const seen: Standing[] = []
  const service = await openOn(newProfile(), 'write')
  await enter(service, baseUrl)
  seen.push(standing(service))
  for (const variant of VARIANTS) {
    await syncOnce(service, variant)
    await importOnce(service, variant)
    seen.push(standing(service))
  }
  await service.close()
  const of = (provider: string): ReadonlySet<string> => new Set(seen.map((s) => s[provider] ?? ''))
  return { openai: of('openai'), anthropic: of('anthropic') }
}

/** Runs the child until it begins a sync (`s`) or an import (`i`), and kills it a random while later. Says what it was doing. */
async function killOnce(profile: string, baseUrl: string, from: 's' | 'i', random: () => number): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${import.meta.dirname}/crash-child.ts`, profile, baseUrl],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  let doing = ''
  child.stdout.on('data', (data: Buffer) => (doing = data.toString().slice(-1)))
  while (!doing.includes(from)) await once(child.stdout, 'data')
  await sleep(random() * (from === 's' ? 900 : 300))
  child.kill('SIGKILL')
  const [, signal] = (await exited) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return doing
}

describe(`killing the process ${KILLS} times in the middle of syncs and imports`, () => {
  it('leaves the last complete sync each time', { timeout: 1_200_000 }, async () => {
    const server = await startFakeOpenAi({ organizations: VARIANTS.map(organization), latencyMs: 2 })
    const may = await sound(server.baseUrl)
    expect([...(may['openai'] ?? [])]).toHaveLength(3)
    expect([...(may['anthropic'] ?? [])]).toHaveLength(3)
    const doing: string[] = []
    const reached = new Set<string>()
    const lane = async (seed: number): Promise<void> => {
      const profile = newProfile()
      const random = randomOf(seed)
      for (let n = 0; n < KILLS / LANES; n += 1) {
        doing.push(await killOnce(profile, server.baseUrl, n % 2 === 0 ? 's' : 'i', random))
        const service = await openOn(profile, 'read')
        expect((await service.api.app.integrity()).problems).toEqual([])
        for (const [provider, hash] of Object.entries(standing(service))) {
          expect([...(may[provider] ?? [])]).toContain(hash)
          reached.add(`${provider} ${hash}`)
        }
        await service.close()
      }
    }
    await Promise.all(Array.from({ length: LANES }, (_, n) => lane(n + 1)))
    await server.close()
    const during = (what: string): number => doing.filter((d) => d === what).length
    console.log(
      `${doing.length} kills: ${during('s')} in a sync, ${during('i')} in an import; ${reached.size} of 6 states seen`,
    )
    expect(doing).toHaveLength(KILLS)
    expect(during('s')).toBeGreaterThan(0)
    expect(during('i')).toBeGreaterThan(0)
  })
})
