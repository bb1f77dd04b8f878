import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fitted, NODE_HEIGHT, makePicture } from '../../../../renderer/features/impact/layout.ts'
import type { ImpactReport, ImpactRow } from '../../../../shared/contract/impact.ts'
import { anyString } from '../../../any-string.ts'

const someRow = (id: number, connection: number, over: Partial<ImpactRow> = {}): ImpactRow => ({
  kind: 'key',
  id,
  name: `key ${id}`,
  client: { slug: 'acme', name: 'Acme', colour: '#117733' },
  connection: { id: connection, label: `connection ${connection}`, provider: 'openai', organizationId: null },
  project: null,
  role: null,
  level: null,
  effect: 'dies',
  because: '',
  lastUsedAt: null,
  service: null,
  environment: null,
  cost30Micros: null,
  alsoHeldBy: [],
  alsoHeldByCount: 0,
  ...over,
})

const getReport = (rows: readonly ImpactRow[]): ImpactReport => ({
  subject: { kind: 'person', id: 1, name: 'Ann' },
  rows: [...rows],
  more: 0,
  says: [],
})

const somePlaces = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })

describe('the impact diagram', () => {
  it('has no overlapping boxes, and none outside', () => {
    fc.assert(
      fc.property(somePlaces, (places) => {
        let id = 0
        const rows = places.flatMap((count, at) => Array.from({ length: count }, () => someRow((id += 1), at + 1)))
        const { width, height, nodes, edges } = makePicture(getReport(rows))
        for (const [n, a] of nodes.entries()) {
          expect([a.x >= 0, a.x + a.width <= width, a.y >= 0, a.y + NODE_HEIGHT <= height]).toEqual([
            true,
            true,
            true,
            true,
          ])
          for (const b of nodes.slice(n + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + NODE_HEIGHT <= b.y || b.y + NODE_HEIGHT <= a.y
            expect(apart).toBe(true)
          }
        }
        // Every box except the subject is connected by exactly one line.
        expect(edges).toHaveLength(nodes.length - 1)
        expect(new Set(nodes.map((node) => node.key)).size).toBe(nodes.length)
      }),
    )
  })

  it('counts what does not fit, with the worst effect of it', () => {
    const rows = Array.from({ length: 30 }, (_, n) => someRow(n + 1, 1, { effect: n === 29 ? 'stays' : 'dies' }))
    const more = makePicture(getReport(rows)).nodes.find((node) => node.kind === 'more')
    expect(more).toMatchObject({ label: '19 more', effect: 'stays', tone: 'bad' })
  })

  it('is as wide as its longest name, up to a bound', () => {
    const name = 'a-key-with-a-name-of-rather-more-than-forty-characters'
    const { nodes, width } = makePicture(getReport([someRow(1, 1, { name })]))
    const box = nodes.find(({ label }) => label === name)
    expect(fitted(name, box?.width ?? 0)).toBe(name)
    expect(makePicture(getReport([someRow(1, 1, { name: 'x'.repeat(500) })])).width).toBeLessThan(width + 200)
  })

  it('shows the key that takes over from a single key', () => {
    const { nodes } = makePicture(getReport([someRow(1, 1, { alsoHeldBy: ['twin'], alsoHeldByCount: 1 })]))
    expect(nodes.map(({ label, effect }) => [label, effect])).toContainEqual(['twin', 'stays'])
  })

  it('shows the project of a role and the purpose of a key', () => {
    const { nodes } = makePicture(
      getReport([
        someRow(1, 1, { environment: 'production' }),
        someRow(2, 1, { kind: 'access', role: 'owner', project: { id: 3, name: 'Chatbot' } }),
      ]),
    )
    expect(nodes.map(({ label, word }) => `${label} / ${word}`)).toEqual(
      expect.arrayContaining(['key 1 / Key · production', 'owner · Chatbot / Role']),
    )
  })
})

describe('a label', () => {
  it('cuts labels between whole characters', () => {
    expect(fitted('short', 200)).toBe('short')
    expect(fitted('👩‍🚀'.repeat(100), 100)).toMatch(/…$/u)
    fc.assert(
      fc.property(anyString({ maxLength: 300 }), fc.integer({ min: 30, max: 400 }), (text, width) => {
        const cut = fitted(text, width)
        expect(cut === text || cut.endsWith('…')).toBe(true)
        expect(Array.from(cut).length).toBeLessThanOrEqual(Math.max(2, Math.floor((width - 16) / 7)))
      }),
    )
  })
})
