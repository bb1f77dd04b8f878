import { afterAll, beforeAll, expect, test } from 'vitest'

import { forEach } from '../../../electron/providers/kit/for-each.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import { bigAgency } from '../../providers/big-agency.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import type { FakeServer } from '../../providers/http.ts'
import { readAll, type Recording } from './recording.ts'

const SIZE = { organizations: 40, projects: 200, grants: 20_000, keys: 2000 }
const FAULTS = { tooManyRate: 0.05, errorRate: 0.01 }

let openai: FakeServer
let anthropic: FakeServer
const agency = bigAgency(SIZE)

beforeAll(async () => {
  openai = await startFakeOpenAi({ organizations: agency.openai, faults: FAULTS })
  anthropic = await startFakeAnthropic({ organizations: agency.anthropic, faults: FAULTS })
})

afterAll(async () => {
  await openai.close()
  await anthropic.close()
})

test('forty organizations that throttle and fail now and then lose no row', async () => {
  const connections: (readonly [ProviderId, string, string])[] = [
    ...agency.openai.map(({ credentials }) => ['openai', openai.baseUrl, credentials[0] ?? ''] as const),
    ...agency.anthropic.map(({ credentials }) => ['anthropic', anthropic.baseUrl, credentials[0] ?? ''] as const),
  ]
  const read: Recording[] = []
  await forEach(connections, 4, async ([id, baseUrl, credential]) => {
    read.push(await readAll(id, { baseUrl, credential }))
  })
  const sum = (type: 'project' | 'grant' | 'key'): number =>
    read.reduce((total, said) => total + said.of(type).length, 0)
  expect({ organizations: read.length, projects: sum('project'), grants: sum('grant'), keys: sum('key') }).toEqual(SIZE)
  const unfinished = read.flatMap(({ outcomes }) => outcomes.filter(({ state }) => state !== 'complete'))
  expect(new Set(unfinished.map(({ source, state }) => `${source} ${state}`))).toEqual(
    new Set(['spend-limits unavailable']),
  )
  const statuses = [...openai.requests, ...anthropic.requests].map(({ status }) => status)
  const share = (status: number): number => statuses.filter((each) => each === status).length / statuses.length
  expect(share(429)).toBeGreaterThan(0.02)
  expect(share(500)).toBeGreaterThan(0.002)
})

test('the same size gives the same agency, to the row', () => {
  expect(bigAgency(SIZE)).toEqual(agency)
  const other = bigAgency({ ...SIZE, seed: 2 })
  expect(other.openai[0]?.users).not.toEqual(agency.openai[0]?.users)
})
