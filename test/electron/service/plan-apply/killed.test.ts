import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { DRILL_LIMIT_MS, drawn } from '../../../drills/drill.ts'
import { CREDENTIAL } from '../../../providers/fixtures/bare-openai.ts'
import { synced } from '../fakes.ts'
import { newProfile, newService } from '../services.ts'
import { applied, drafted, PLAN, planWorld, shape, type World } from '../plans/world.ts'

/** Applies the plan in a process of its own, which is killed once as many requests have reached the provider. */
async function killedAt(world: World, profile: string, planId: number, writes: number): Promise<void> {
  await world.service.close()
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${import.meta.dirname}/killed-child.ts`, profile, String(planId)],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const exited = once(child, 'exit')
  child.stdin.end(CREDENTIAL)
  while (world.writes().length < writes && child.exitCode === null) await sleep(5)
  child.kill('SIGKILL')
  const [, signal] = (await exited) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

describe('a process that is killed at any request of a plan', () => {
  it(
    'leaves a state that a further run completes, with nothing made twice',
    async () => {
      const straight = await planWorld()
      await applied(straight, await drafted(straight.api, { kind: 'plan', plan: PLAN }))
      const end = shape(straight.organization)
      const requests = straight.writes().map((_, at) => at + 1)
      for (const n of drawn('kill-plans', requests)) {
        const profile = newProfile()
        const world = await planWorld(profile)
        const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
        // The request is carried out and never answered, so that the process dies between the two.
        world.rules.push({ path: /./u, method: 'POST', skip: n - 1, times: 1, fault: { kind: 'hang' } })
        await killedAt(world, profile, planId, n)

        const service = await newService({ profile })
        await service.api.connection.setCredential({ id: world.connection, credential: CREDENTIAL })
        await synced(service.api)
        await applied(service, planId)
        expect(shape(world.organization), `killed at request ${n}`).toEqual(end)
        expect((await service.api.planApply.drift({ planId })).differences).toEqual([])
        await service.close()
      }
    },
    DRILL_LIMIT_MS,
  )
})
