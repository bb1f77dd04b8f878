import { expect, it } from 'vitest'

import { writeTeamPlace } from '../../../../electron/register/team/place.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { startExchanges } from '../../../../electron/service/team/exchanges.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { openStore } from '../../register/team/registers.ts'
import { manualClock } from '../manual-clock.ts'
import { newService } from '../services.ts'
import { PLACE } from './teams.ts'

async function settle(): Promise<void> {
  for (let at = 0; at < 5; at += 1) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}

it('exchanges at the start, every 20 seconds, after a decision, less often while the server does not answer, and not after the end', async () => {
  const { context } = await newService()
  const register = makeRegister(context)
  register.transact((writer) => writeTeamPlace(writer, PLACE))
  const { slept, wake, clock } = manualClock()
  let exchanges = 0
  let answers = true
  let meanwhile = (): void => undefined
  const exchange = async (): Promise<void> => {
    exchanges += 1
    meanwhile()
    if (!answers) throw new Error('It does not answer.')
  }
  const stop = startExchanges(context, { clock, random: () => 0.5, exchange })
  closeAfterTest({ close: stop })
  await settle()
  expect({ exchanges, slept }).toEqual({ exchanges: 1, slept: [20_000] })
  wake()
  await settle()
  expect({ exchanges, slept }).toEqual({ exchanges: 2, slept: [20_000, 20_000] })

  // A change without anything that waits is none of the team's.
  context.events.changed('settings')
  await settle()
  expect(exchanges).toBe(2)
  const op = { kind: 'x', salt: 'ab'.repeat(16), at: 0, day: '2026-11-27', basis: -1, subject: 'x', body: { v: 1 } }
  openStore(register).wait(PLACE.team, { uid: PLACE.device, op })
  context.events.changed('settings')
  await settle()
  expect(slept.at(-1)).toBe(300)
  wake()
  await settle()
  expect(exchanges).toBe(3)

  // One that is decided while the server answers waits no longer.
  meanwhile = () => openStore(register).wait(PLACE.team, { uid: PLACE.team, op })
  wake()
  await settle()
  expect(slept.at(-1)).toBe(300)
  meanwhile = () => undefined
  wake()
  await settle()
  expect({ exchanges, slept: slept.at(-1) }).toEqual({ exchanges: 5, slept: 20_000 })

  answers = false
  for (let times = 0; times < 7; times += 1) {
    wake()
    await settle()
  }
  expect(slept.slice(-7)).toEqual([40_000, 80_000, 160_000, 320_000, 600_000, 600_000, 600_000])
  // It does not ask at each decision while the server does not answer.
  context.events.changed('settings')
  await settle()
  expect(slept.at(-1)).toBe(600_000)

  const before = exchanges
  await stop()
  wake()
  await settle()
  expect(exchanges).toBe(before)
})

it('a profile without a team is never exchanged', async () => {
  const { context } = await newService()
  const { slept, wake, clock } = manualClock()
  let exchanges = 0
  const stop = startExchanges(context, {
    clock,
    random: () => 0,
    exchange: async () => {
      exchanges += 1
    },
  })
  await settle()
  wake()
  await settle()
  expect({ exchanges, slept }).toEqual({ exchanges: 0, slept: [15_000, 15_000] })
  await stop()
})
