import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { readUseDays } from '../../../../electron/register/keyless/use-days.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { drawer } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { getReading, key, newConnection, newRegister, project } from '../registers.ts'

/** Thursday, 26 November 2026, and its number. */
const NOW = Date.UTC(2026, 10, 26, 12)
const TODAY = Math.floor(NOW / 86_400_000)
const KEYS = ['k0', 'k1', 'k2', 'k3']

const isWeekend = (day: number): boolean => [0, 6].includes(new Date(day * 86_400_000).getUTCDay())

/** Two organizations of a client and one of another with days of use, some of cost alone, and what each key should have. */
function filled() {
  const register = newRegister()
  const draw = drawer(5)
  const expected = new Map<number, { used: Set<number>; weekend: Set<number> }>()
  const connections = ['acme', 'acme', 'beta'].map((slug, n) =>
    newConnection(register, slug, n === 1 ? 'anthropic' : 'openai'),
  )
  for (const [n, connection] of connections.entries()) {
    const names = KEYS.map((name) => `${name}-${n}`)
    register.transact((writer) => {
      applyReading(
        writer,
        getReading(connection, [
          { source: 'projects', facts: [project('p1')] },
          { source: 'project-keys', project: 'p1', facts: names.map((name) => key(name, { project: 'p1' })) },
        ]),
      )
      const clientId = writer.value<number>('SELECT client_id FROM connection WHERE id = ?', [connection]) ?? 0
      for (const report of ['cost', 'completions'] as const) {
        const facts = Array.from({ length: 60 }, (): UsageFact => {
          const used = report === 'completions' && draw() < 0.7
          return {
            day: TODAY - Math.floor(draw() * 35),
            // The last key has no use, and a key that the register does not have has some.
            key: [...names.slice(0, 3), 'unknown', null][Math.floor(draw() * 5)] ?? null,
            project: 'p1',
            principal: null,
            model: draw() < 0.5 ? 'm1' : 'm2',
            item: `${draw()}`,
            requests: 0,
            input: used ? 5 : 0,
            cached: 0,
            cacheWrite: 0,
            output: 0,
            cost: 7,
            estimate: 0,
          }
        })
        replaceUsageDays(
          writer,
          { clientId, connectionId: connection },
          { report, from: TODAY - 40, to: TODAY + 1, facts },
        )
        for (const fact of facts) {
          const id = writer.value<number>('SELECT id FROM key WHERE connection_id = ? AND external_id = ?', [
            connection,
            fact.key,
          ])
          if (id === undefined || fact.input === 0 || fact.day >= TODAY || fact.day < TODAY - 28) continue
          const days = expected.get(id) ?? { used: new Set(), weekend: new Set() }
          expected.set(id, days)
          days.used.add(fact.day)
          if (isWeekend(fact.day)) days.weekend.add(fact.day)
        }
      }
    })
  }
  const days = new Map([...expected].map(([id, { used, weekend }]) => [id, { used: used.size, weekend: weekend.size }]))
  return { register, connections, days }
}

it('the days on which keys were used are those of the reported facts, of whole connections and of some keys', () => {
  const { register, connections, days } = filled()
  expect(days.size).toBe(9)
  expect([...days.values()].some(({ weekend }) => weekend > 1)).toBe(true)
  const plans: Explained[] = []
  const reader = explainingReader(register.reader, plans)
  expect(readUseDays(reader, { connections }, NOW)).toEqual(days)
  const ids = register.reader.column<number>('SELECT id FROM key')
  expect(ids).toHaveLength(12)
  expect(readUseDays(reader, { keys: ids }, NOW)).toEqual(days)
  for (const id of ids) {
    expect([...readUseDays(reader, { keys: [id] }, NOW)]).toEqual(days.has(id) ? [[id, days.get(id)]] : [])
  }
  // Of a key, a cell is looked up for each day; nothing that grows with the register is read.
  expect(plans.flatMap(scans)).toEqual([])
  const [, ofKeys] = plans
  expect(ofKeys?.steps.map(({ detail }) => detail).join('\n')).toMatch(
    /SEARCH u USING PRIMARY KEY \(face=\? AND client_id=\? AND connection_id=\? AND period=\? AND a=\?\)/u,
  )
})
