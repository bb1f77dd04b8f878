import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { KeychainError, type SecretStore } from '../../electron/secrets/secret-store.ts'
import { type Flow, FLOWS } from '../faults/flows.ts'
import { begin, done, type Expected, judged, placeIn, undisturbed, toWords } from '../faults/judge.ts'
import { type FaultWorld, startWorld } from '../faults/world.ts'
import { fakeClock } from '../providers/fake-clock.ts'
import type { Fault } from '../providers/faults.ts'
import { drawn, DRILL_LIMIT_MS } from './drill.ts'

const place = placeIn(join(mkdtempSync(join(tmpdir(), 'castellan-outside-')), 'trial'))

let bare: FaultWorld

beforeAll(async () => {
  bare = await startWorld(mkdtempSync(join(tmpdir(), 'castellan-outside-')))
})

afterAll(() => bare.close())

/** A keychain of which the k-th call from now on is refused; counts them. */
function keychain() {
  const kept = new Map<string, string>()
  let calls = 0
  let refused = 0
  const call = async <T>(work: () => T): Promise<T> => {
    calls += 1
    await Promise.resolve()
    if (calls === refused) throw new KeychainError('The keychain is locked.', 'Unlock it, then try again.')
    return work()
  }
  return {
    kind: 'keychain' as const,
    detail: 'A keychain of this test.',
    get: (account: string) => call(() => kept.get(account) ?? null),
    set: (account: string, secret: string) => call(() => void kept.set(account, secret)),
    delete: (account: string) => call(() => void kept.delete(account)),
    refuse: (k: number): void => {
      calls = 0
      refused = k
    },
    calls: () => calls,
    clear: () => kept.clear(),
  } satisfies SecretStore & Record<'refuse' | 'calls' | 'clear', unknown>
}

/** Runs the flow from the start with the fault `disturb`; returns the problems afterwards. */
async function trial(
  flow: Flow,
  world: FaultWorld,
  expected: Expected,
  { disturb, calm, inPart }: { disturb: () => void; calm: () => void; inPart: boolean },
): Promise<string[]> {
  begin(world, place)
  disturb()
  const error = await done(flow, world, place).then(
    () => null,
    (caught: unknown) => caught,
  )
  calm()
  const ended = error === null ? ({ acknowledged: true } as const) : { acknowledged: false as const, error, inPart }
  const said = await judged(flow, world, place, expected, ended)
  return said.length === 0 ? [] : [`${error === null ? 'done' : toWords(error)}: ${said.join('; ')}`]
}

describe.each(FLOWS)('$name', (flow) => {
  it(
    'loses nothing, and reports what happened, whichever call to the keychain is refused',
    async () => {
      const secrets = keychain()
      // A kept end of the journal would cause an alarm for the profile that is restored for the next trial.
      const reset = (): void => {
        bare.reset()
        secrets.clear()
      }
      const world = { ...bare, secrets, reset }
      const expected = await undisturbed(flow, world, place)
      begin(world, place)
      secrets.refuse(0)
      await done(flow, world, place)
      const wrong: string[] = []
      for (const k of drawn(
        'fault-answers',
        Array.from({ length: secrets.calls() }, (_, at) => at + 1),
      )) {
        const said = await trial(flow, world, expected, {
          disturb: () => secrets.refuse(k),
          calm: () => secrets.refuse(0),
          inPart: false,
        })
        wrong.push(...said.map((one) => `call ${k}: ${one}`))
      }
      expect(wrong).toEqual([])
    },
    DRILL_LIMIT_MS,
  )
})

/** The fault of a call: it is refused once, or the provider is unreachable from then on. */
const NETWORK: readonly (readonly [string, Fault, number])[] = [
  ['dropped once', { kind: 'drop' }, 1],
  ['dropped, and all after it', { kind: 'drop' }, 1000],
  ['answered in part', { kind: 'cut' }, 1000],
  ['answered with no JSON', { kind: 'html' }, 1000],
]

describe.each(FLOWS.filter(({ name }) => name === 'sync' || name === 'remediate'))('$name', (flow) => {
  it.each(NETWORK)(
    'loses nothing, and reports what happened, whichever call to the provider is %s',
    async (_what, fault, times) => {
      const world = { ...bare, clock: fakeClock() }
      const expected = await undisturbed(flow, world, place)
      begin(world, place)
      const before = world.requests().length
      await done(flow, world, place)
      const calls = world.requests().length - before
      expect(calls).toBeGreaterThan(5)
      const wrong: string[] = []
      for (const k of drawn(
        'fault-answers',
        Array.from({ length: calls }, (_, at) => at),
      )) {
        const said = await trial(flow, world, expected, {
          disturb: () => void world.rules.push({ path: /./u, skip: k, times, fault }),
          calm: () => void world.rules.splice(0),
          inPart: true,
        })
        wrong.push(...said.map((one) => `call ${k + 1}: ${one}`))
      }
      expect(wrong).toEqual([])
    },
    DRILL_LIMIT_MS,
  )
})
