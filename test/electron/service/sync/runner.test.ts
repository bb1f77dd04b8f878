import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import type { Provider } from '../../../../electron/providers/kit/provider.ts'
import { newEvents } from '../../../../electron/service/kit/events.ts'
import { newSyncRunner } from '../../../../electron/service/sync/runner.ts'
import type { SyncJob, SyncRunner } from '../../../../electron/service/core/syncs.ts'
import { RegisterRefused } from '../../../../electron/register/db/migrate.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { key, newConnection, newRegister, outcome, project } from '../../register/registers.ts'
import { CredentialRefused } from '../../../../electron/providers/kit/errors.ts'

/** A provider whose answers a test controls. */
function heldProvider(): Provider & {
  readonly reading: Promise<void>
  go: () => void
  fail: (error: unknown) => void
} {
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  return {
    id: 'openai',
    coverage: () => ({ basis: [], offers: [] }),
    reading: begun.promise,
    go: gate.resolve,
    fail: gate.reject,
    test: () => Promise.reject(new Error('not asked here')),
    usage: () => Promise.reject(new Error('not asked here')),
    plan: () => Promise.reject(new Error('not asked here')),
    write: () => Promise.reject(new Error('not asked here')),
    read: async (_, sink, signal) => {
      sink.begin('projects', null)
      sink.facts('projects', null, [project('proj_a')], 1, null)
      sink.end(outcome('projects'))
      sink.begin('project-keys', 'proj_a')
      sink.facts('project-keys', 'proj_a', [key('key_1')], 1, 3)
      begun.resolve()
      const stopped = Promise.withResolvers<never>()
      signal.addEventListener('abort', () => stopped.reject(signal.reason as Error))
      await Promise.race([gate.promise, stopped.promise])
      sink.end({ ...outcome('project-keys', 'complete', 'proj_a'), fetched: 1 })
    },
  }
}

function newRunner(onEnded: () => void = () => undefined): SyncRunner {
  return newSyncRunner({ now: Date.now, events: newEvents(), onEnded })
}

const jobOn = (register: Register, connectionId: number, provider: Provider): SyncJob => ({
  connectionId,
  provider,
  access: { credential: 'sk-admin-secret', baseUrl: null },
  register,
  operator: 'Mara',
  isStored: true,
  lease: null,
  dueIn: () => 0,
})

async function toTheEnd(runner: SyncRunner): Promise<SyncProgress[][]> {
  const all: SyncProgress[][] = []
  for await (const each of runner.watch(false, undefined)) all.push(each)
  return all
}

const syncs = (register: Register): readonly unknown[] =>
  register.reader.all('SELECT connection_id, state, reason FROM sync ORDER BY id')

describe('a sync', () => {
  it('reports which provider it waits for and until when, while requests are held back', async () => {
    const gate = Promise.withResolvers<void>()
    const provider: Provider = {
      ...heldProvider(),
      read: async ({ onWait }, sink) => {
        onWait?.(500)
        sink.begin('projects', null)
        sink.end(outcome('projects'))
        onWait?.(64_000)
        await gate.promise
      },
    }
    const register = newRegister()
    const runner = newSyncRunner({ now: () => 1000, events: newEvents(), onEnded: () => undefined })
    void runner.start(jobOn(register, newConnection(register), provider))
    const seen: unknown[] = []
    for await (const [run] of runner.watch(false, undefined)) {
      if (run?.waiting) gate.resolve()
      seen.push(run?.waiting)
    }
    expect(seen).toContainEqual({ provider: 'openai', until: 65_000 })
    expect(seen.at(-1)).toBeNull()
  })

  it('reports its progress by source while it reads, and its result when it is done', async () => {
    const register = newRegister()
    const connection = newConnection(register)
    const runner = newRunner()
    const provider = heldProvider()
    expect(runner.start(jobOn(register, connection, provider))).not.toBeNull()
    expect(runner.running()).toBe(true)
    const watching = toTheEnd(runner)
    await provider.reading
    await sleep(200)
    provider.go()
    const reported = await watching
    expect(reported.find(([run]) => run?.phase === 'reading')).toMatchObject([
      {
        connectionId: connection,
        sources: [
          { source: 'projects', state: 'complete', fetched: 0, projects: null },
          { source: 'project-keys', state: 'reading', fetched: 1, expected: 3, projects: { begun: 1, ended: 0 } },
        ],
        result: null,
      },
    ])
    expect(reported.at(-1)).toMatchObject([
      { phase: 'done', result: { state: 'complete', operator: 'Mara', origin: 'api' } },
    ])
    expect(runner.running()).toBe(false)
    expect(register.reader.value('SELECT count(*) FROM key WHERE standing = 1')).toBe(1)
  })

  it('that is cancelled while it reads is recorded as cancelled, and concludes nothing', async () => {
    const register = newRegister()
    const connection = newConnection(register)
    const runner = newRunner()
    const provider = heldProvider()
    void runner.start(jobOn(register, connection, provider))
    await provider.reading
    expect(runner.cancel(connection)).toBe(true)
    const [run] = (await toTheEnd(runner)).at(-1) ?? []
    expect(run).toMatchObject({ phase: 'done', result: { state: 'cancelled' } })
    expect(run?.result?.reason).toContain('nothing was concluded')
    expect(register.reader.value('SELECT count(*) FROM key')).toBe(0)
    expect(runner.cancel(connection)).toBe(false)
    expect(runner.cancel(99)).toBe(false)
  })

  it('of a connection that is syncing already is not started', async () => {
    const register = newRegister()
    const connection = newConnection(register)
    const runner = newRunner()
    const provider = heldProvider()
    expect(runner.start(jobOn(register, connection, provider))).not.toBeNull()
    expect(runner.start(jobOn(register, connection, heldProvider()))).toBeNull()
    provider.go()
    await toTheEnd(runner)
    const again = heldProvider()
    expect(runner.start(jobOn(register, connection, again))).not.toBeNull()
    again.go()
    await toTheEnd(runner)
    expect(syncs(register)).toHaveLength(2)
  })

  it.each([
    [new CredentialRefused('OpenAI rejected the credential (401).'), 'OpenAI rejected the credential (401).'],
    [new Error('socket hang up'), 'The sync stopped: socket hang up'],
  ])('that ends with %s is recorded as failed, with the reason', async (error, reason) => {
    const register = newRegister()
    const connection = newConnection(register)
    const runner = newRunner()
    const provider = heldProvider()
    void runner.start(jobOn(register, connection, provider))
    await provider.reading
    provider.fail(error)
    await toTheEnd(runner)
    expect(syncs(register)).toEqual([{ connection_id: connection, state: 'failed', reason }])
  })

  it('that cannot even be recorded ends without a result, reports why, and lets the others continue', async () => {
    const register = newRegister()
    const [broken, sound] = [newConnection(register), newConnection(register, 'other')]
    let done = 0
    const runner = newRunner(() => {
      done += 1
    })
    const full: Register = {
      ...register,
      transact: () => {
        throw new RegisterRefused('The disk is full.', 'Free space on it.')
      },
    }
    const [one, two] = [heldProvider(), heldProvider()]
    void runner.start(jobOn(full, broken, one))
    void runner.start(jobOn(register, sound, two))
    one.go()
    two.go()
    const last = (await toTheEnd(runner)).at(-1)
    expect(last).toMatchObject([
      { connectionId: broken, phase: 'done', result: null, notWritten: 'The disk is full. Free space on it.' },
      { connectionId: sound, phase: 'done', result: { state: 'complete' }, notWritten: null },
    ])
    expect(done).toBe(2)
  })
})

describe('several syncs', () => {
  it('run side by side, and each watcher receives all of them', async () => {
    const register = newRegister()
    const runner = newRunner()
    const providers = [heldProvider(), heldProvider(), heldProvider()]
    const connections = providers.map((provider, n) => {
      const connection = newConnection(register, `client-${n}`)
      void runner.start(jobOn(register, connection, provider))
      return connection
    })
    // All of them read at the same time: none waits for another to end.
    await Promise.all(providers.map((provider) => provider.reading))
    const watchers = [toTheEnd(runner), toTheEnd(runner)]
    for (const provider of providers.toReversed()) {
      provider.go()
      await sleep(10)
    }
    for (const reported of await Promise.all(watchers)) {
      expect(reported.at(-1)?.map(({ connectionId, result }) => [connectionId, result?.state])).toEqual(
        connections.map((connection) => [connection, 'complete']),
      )
    }
  })

  it('beyond eight wait for their turn, and can be cancelled meanwhile', async () => {
    const register = newRegister()
    const runner = newRunner()
    const providers = Array.from({ length: 10 }, () => heldProvider())
    const connections = providers.map((provider, n) => {
      const connection = newConnection(register, `client-${n}`)
      void runner.start(jobOn(register, connection, provider))
      return connection
    })
    await Promise.all(providers.slice(0, 8).map((provider) => provider.reading))
    const { value: now } = await runner.watch(true, undefined).next()
    expect((now as SyncProgress[]).map(({ phase }) => phase)).toEqual([
      ...Array.from({ length: 8 }, () => 'reading'),
      'waiting',
      'waiting',
    ])
    expect(runner.cancel(connections[9] ?? 0)).toBe(true)
    for (const provider of providers) provider.go()
    const states = (await toTheEnd(runner)).at(-1)?.map(({ result }) => result?.state)
    expect(states).toEqual([...Array.from({ length: 9 }, () => 'complete'), 'cancelled'])
  })

  it('are forgotten when a new round begins', async () => {
    const register = newRegister()
    const runner = newRunner()
    const [first, second] = [newConnection(register), newConnection(register, 'other')]
    for (const connection of [first, second]) {
      const provider = heldProvider()
      void runner.start(jobOn(register, connection, provider))
      provider.go()
      await toTheEnd(runner)
    }
    expect((await toTheEnd(runner)).at(-1)?.map(({ connectionId }) => connectionId)).toEqual([second])
  })
})

describe('stopping', () => {
  it('cancels running and waiting syncs, records both, and leaves nothing running', async () => {
    const register = newRegister()
    const runner = newRunner()
    const connections = Array.from({ length: 9 }, (_, n) => newConnection(register, `client-${n}`))
    const providers = connections.map((connection) => {
      const provider = heldProvider()
      void runner.start(jobOn(register, connection, provider))
      return provider
    })
    await providers[0]?.reading
    await runner.stop()
    expect(runner.running()).toBe(false)
    expect(syncs(register)).toHaveLength(9)
    expect(register.reader.column('SELECT DISTINCT state FROM sync')).toEqual(['cancelled'])
    expect(await toTheEnd(runner)).toEqual([[]])
  })

  it('with nothing running does nothing', async () => {
    await expect(newRunner().stop()).resolves.toBeUndefined()
  })
})

describe('watching', () => {
  it('without syncs ends immediately; following continues until it is stopped', async () => {
    const runner = newRunner()
    expect(await toTheEnd(runner)).toEqual([[]])
    const stop = new AbortController()
    const following = (async () => {
      const all: SyncProgress[][] = []
      for await (const each of runner.watch(true, stop.signal)) all.push(each)
      return all
    })()
    const register = newRegister()
    const provider = heldProvider()
    await sleep(20)
    void runner.start(jobOn(register, newConnection(register), provider))
    provider.go()
    await toTheEnd(runner)
    await sleep(200)
    stop.abort()
    const reported = await following
    expect(reported[0]).toEqual([])
    expect(reported.at(-1)).toMatchObject([{ phase: 'done' }])
  })
})
