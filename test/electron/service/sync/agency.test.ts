import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { nodeBundle } from '../../../../build/bundles.mjs'
import { drill, DRILL_LIMIT_MS } from '../../../drills/drill.ts'
import { bigAgency } from '../../../providers/big-agency.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { newProfile } from '../services.ts'

const { count: ORGANIZATIONS } = drill('throttled-agency')
const size = {
  organizations: ORGANIZATIONS,
  projects: 5 * ORGANIZATIONS,
  grants: 500 * ORGANIZATIONS,
  keys: 50 * ORGANIZATIONS,
}
const faults = { tooManyRate: 0.05, errorRate: 0.01, seed: 6 }

interface Result {
  readonly states: string[]
  readonly grants: number
  readonly keys: number
  readonly projects: number
  readonly problems: string[]
  readonly peakMegabytes: number
}

describe(`syncing an agency of ${ORGANIZATIONS} organizations from servers that throttle and fail`, () => {
  const agency = bigAgency(size)
  let openai: FakeServer
  let anthropic: FakeServer
  // As the product is built: a program that is compiled as it starts takes more memory. Native modules are found from here.
  const root = resolve(import.meta.dirname, '../../../..')
  mkdirSync(join(root, '.cache'), { recursive: true })
  const built = mkdtempSync(join(root, '.cache/agency-'))

  beforeAll(async () => {
    await build(nodeBundle(root, built, 'sync-agency', 'test/electron/service/sync/sync-agency.ts'))
    openai = await startFakeOpenAi({ organizations: agency.openai, faults })
    anthropic = await startFakeAnthropic({ organizations: agency.anthropic, faults })
  })
  afterAll(async () => {
    await openai.close()
    await anthropic.close()
    rmSync(built, { recursive: true })
  })

  it('loses no row and stays under 300 MB', { timeout: DRILL_LIMIT_MS }, async () => {
    const connectionsTo = (provider: string, baseUrl: string, organizations: readonly { credentials: string[] }[]) =>
      organizations.map(({ credentials }, n) => ({
        client: 'big-agency',
        provider,
        baseUrl,
        label: `${provider} ${n}`,
        credential: credentials[0],
      }))
    const child = spawn(
      process.execPath,
      // The nursery that the shells give their service.
      ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning', join(built, 'sync-agency.js'), newProfile()],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    child.stdin.end(
      JSON.stringify([
        ...connectionsTo('openai', openai.baseUrl, agency.openai),
        ...connectionsTo('anthropic', anthropic.baseUrl, agency.anthropic),
      ]),
    )
    const result = JSON.parse(await text(child.stdout)) as Result
    const spoiled = [...openai.requests, ...anthropic.requests].filter(
      (request) => request.status === 429 || request.status === 500,
    )
    expect(spoiled.length).toBeGreaterThan(ORGANIZATIONS / 2)
    expect(result.states).toEqual(Array.from({ length: ORGANIZATIONS }, () => 'complete'))
    expect(result).toMatchObject({ grants: size.grants, keys: size.keys, projects: size.projects, problems: [] })
    expect(result.peakMegabytes).toBeLessThan(300)
    console.log(
      `${ORGANIZATIONS} organizations: ${openai.requests.length + anthropic.requests.length} requests, ${spoiled.length} spoiled, peak ${result.peakMegabytes} MB`,
    )
  })
})
