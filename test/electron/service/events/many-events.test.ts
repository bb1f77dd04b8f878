import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { storeEvents } from '../../../../electron/register/events/log.ts'
import { eventReading } from '../../../../electron/providers/openai/normalise/event.ts'
import { countOf } from '../../../drills/drill.ts'
import { growth, LINEAR } from '../../../growth.ts'
import { newConnection, newRegister } from '../../register/registers.ts'
import { manyEvents } from './many-events.ts'
import { readOn } from './read-events.ts'

const COUNT = countOf('stored-events')
const END = Date.UTC(2026, 10, 26, 12) / 1000

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** A process of Node that ends with the test. */
function started(file: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path(file), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Kills the reading process while it reads or stores the part that follows some parts; it cannot come further. */
async function killed(parts: number, ...args: readonly string[]): Promise<string | null> {
  const child = started('read-events.ts', ...args)
  const ended = once(child, 'exit')
  let lines = 0
  child.stdout.on('data', (data: Buffer) => {
    lines += String(data).split('\n').length - 1
    child.stdin.write('.')
    if (lines === parts) child.kill('SIGKILL')
  })
  const [, signal] = (await ended) as [number | null, string | null]
  return signal
}

test(
  `a log of ${COUNT.toLocaleString('en')} events with repeats and pages in any order is stored once, though its reading is killed three times`,
  { timeout: 300_000 },
  async () => {
    const server = started('serve-events.ts', String(COUNT), String(END))
    const [address] = (await once(server.stdout, 'data')) as [Buffer]
    const register = newRegister()
    const connection = newConnection(register)
    const now = END * 1000
    const stored = (): number => register.reader.value<number>('SELECT count(*) FROM event') ?? 0
    const seen: number[] = []
    for (const parts of [1, 3, 2]) {
      const args = [register.path, String(address), String(connection), String(now)] as const
      expect(await killed(parts, ...args)).toBe('SIGKILL')
      seen.push(stored())
    }
    // Every reading continues where the one before it was killed.
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(new Set(seen).size).toBe(3)
    expect(seen.at(-1)).toBeLessThan(COUNT)

    const outcome = await readOn(register, { baseUrl: String(address), connection, now })
    expect(outcome).toMatchObject({ state: 'complete', reason: null, excluded: [] })
    expect(stored()).toBe(COUNT)
    const ids = register.reader.column<string>('SELECT external_id FROM event ORDER BY external_id')
    expect(ids).toEqual(manyEvents(COUNT, END).map(({ id }) => id))
    expect(register.reader.all('SELECT * FROM event_span')).toEqual([])
    expect(register.reader.all('SELECT * FROM event_gap')).toEqual([])
    expect(register.check()).toEqual([])

    // The next reading reads the last hours again, and stores nothing twice.
    const again = await readOn(register, { baseUrl: String(address), connection, now: now + 60_000 })
    expect(again?.state).toBe('complete')
    expect(again?.fetched).toBeGreaterThan(0)
    expect(again?.fetched).toBeLessThan(1000)
    expect(stored()).toBe(COUNT)
  },
)

test('the time for storing events grows with their number', async () => {
  const facts = manyEvents(16_000, END).flatMap((row) => eventReading(row).event ?? [])
  const work = (size: number): void => {
    const register = newRegister()
    const connectionId = newConnection(register)
    const span = { id: 1, connectionId }
    for (let at = 0; at < size; at += 1000) {
      const events = facts.slice(at, at + 1000)
      register.transact((writer) => storeEvents(writer, span, { events, position: 'x', isEnd: false }))
    }
  }
  expect(await growth(work, 2000)).toBeLessThan(LINEAR)
})
