import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { openCredentialsDirectory } from '../../../../electron/secrets/credentials-directory.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { computePause } from '../../../../electron/service/sync/due.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { NORTHFOLD_CREDENTIAL, northfold } from '../fakes.ts'
import { manualClock } from '../manual-clock.ts'
import { newService, recordingHost } from '../services.ts'
import { notingHost } from './noting-host.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 10, 27, 10)

it.each([
  [24, 0, 24],
  [24, 1, 1 / 4],
  [24, 2, 1 / 2],
  [24, 3, 1],
  [24, 7, 16],
  [24, 8, 24],
  [24, 1000, 24],
  [1, 0, 1],
  [1, 5, 1],
  [720, 0, 720],
  [720, 9, 24],
])(
  'with a reading every %d hours, a connection that failed %d times is left alone for %d hours',
  (every, failures, hours) => {
    expect(computePause(every, failures)).toBe(hours * HOUR_MS)
  },
)

it('a runner reads what is due with the credentials of its server, again after the interval, and ends without a trace of what it cancels', async () => {
  const rules: FaultRule[] = []
  const server = await northfold({ faults: { rules } })
  const folder = mkdtempSync(join(tmpdir(), 'castellan-credentials-'))
  const before = await newService({ now: () => START })
  await before.api.client.add({ name: 'northfold', slug: 'northfold' })
  const { id } = await before.api.connection.add({
    client: 'northfold',
    provider: 'openai',
    label: 'Main',
    baseUrl: server.baseUrl,
  })
  const uid = before.context.session().register?.reader.value<string>('SELECT uid FROM connection') ?? ''
  const { profile } = before.context.session()
  await before.close()

  let now = START
  const { clock, wake: wakeNow, sleeping } = manualClock()
  /** Wakes the runner and the exchanges with a team, once both are asleep. */
  const wake = async (): Promise<void> => {
    await expect.poll(sleeping).toBe(2)
    wakeNow()
  }
  const host = notingHost()
  const secrets = openCredentialsDirectory(folder)
  const service = await newService({ profile, host, clock, secrets, now: () => now, as: 'runner' })
  const { api, context } = service
  const credential = join(folder, `castellan.connection-${uid}`)
  const states = async (): Promise<readonly string[]> =>
    (await api.connection.history({ id })).map(({ state }) => state).toReversed()

  /** Lets the runner look, and whether it asked the provider anything: a reading asks before anything else. */
  const looksAndAsks = async (): Promise<boolean> => {
    const asked = server.requests.length
    await wake()
    await expect.poll(sleeping).toBe(2)
    await expect.poll(() => context.syncs.running()).toBe(false)
    return server.requests.length > asked
  }

  expect(await host.until('Opened')).toBe(`Opened ${profile} with 1 connection.`)
  expect(await host.until('Main')).toBe(
    `! northfold / Main: not read here, since the credential castellan.connection-${uid} is not set.`,
  )
  await expect(openService({ profile, mode: 'write', host: recordingHost(), as: 'runner' })).rejects.toMatchObject({
    code: 'READ_ONLY',
    message: expect.stringMatching(
      /is open for writing in another Castellan \(runner, process \d+ on .*Close that one/u,
    ),
  })

  // Without its address it is sent nowhere but to the vendor.
  writeFileSync(credential, `${NORTHFOLD_CREDENTIAL}\n`)
  await wake()
  const { origin } = new URL(server.baseUrl)
  expect(await host.until('Main')).toBe(
    `! northfold / Main: not read here. The credential is for https://api.openai.com, and Main leads to ${origin}. Write it as {"secret":"…","origin":"${origin}"}.`,
  )
  expect(server.requests).toHaveLength(0)

  writeFileSync(credential, JSON.stringify({ secret: NORTHFOLD_CREDENTIAL, origin }))
  await wake()
  expect(await host.until('Main: read')).toMatch(/^northfold \/ Main: read, \d+ rows\.$/u)
  expect(await host.until('Main: usage')).toBe('northfold / Main: usage read')
  expect((await api.connection.get({ id })).credential).toMatchObject({ state: 'stored', check: 'ok' })
  const noted = context
    .session()
    .register?.reader.all<{ body: string }>(`SELECT body FROM journal WHERE action = 'credential.set'`)
  expect(noted).toHaveLength(1)
  expect(noted?.[0]?.body).not.toContain(NORTHFOLD_CREDENTIAL)

  // A minute before the interval is over nothing is read; after it, what cannot be read is left alone, and read again.
  now += 24 * HOUR_MS - 60_000
  expect(await looksAndAsks()).toBe(false)
  rules.push({ path: /./u, fault: { kind: 'status', status: 401 } })
  now += 60_000
  await wake()
  expect(await host.until('Main: not read')).toMatch(/^! northfold \/ Main: not read\. /u)
  rules.pop()
  now += HOUR_MS / 4 - 1
  expect(await looksAndAsks()).toBe(false)
  now += 1
  expect(await looksAndAsks()).toBe(true)
  await host.until('Main: usage')
  expect(await states()).toEqual(['complete', 'failed', 'complete'])

  // What is under way when it ends is cancelled, and concludes nothing.
  rules.push({ path: /./u, fault: { kind: 'hang' } })
  now += 24 * HOUR_MS
  await wake()
  await expect.poll(() => context.syncs.running()).toBe(true)
  await service.close()
  expect(host.lines.at(-1)).toBe('northfold / Main: cancelled before it ended; nothing was concluded.')
  expect(existsSync(join(profile, 'writer.json'))).toBe(false)
  rmSync(credential)
  const after = await newService({ profile, secrets: openCredentialsDirectory(folder), now: () => now, mode: 'read' })
  expect((await after.api.connection.history({ id })).map(({ state }) => state)).toEqual([
    'cancelled',
    'complete',
    'failed',
    'complete',
  ])
})

it('a runner does not start on a register that no key opens', async () => {
  const before = await newService()
  const { profile } = before.context.session()
  await before.close()
  rmSync(join(profile, 'register.key'))
  const secrets = openCredentialsDirectory(mkdtempSync(join(tmpdir(), 'castellan-credentials-')))
  await expect(newService({ profile, secrets, host: notingHost(), as: 'runner' })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('its key was not found'),
  })
})
