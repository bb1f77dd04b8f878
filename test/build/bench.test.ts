import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readAccepted } from '../bench/harness/accepted.ts'
import { getGrowthTable } from '../bench/harness/growth-table.ts'
import { toFlame } from '../bench/harness/flame.ts'
import { findMoved, movedText } from '../bench/harness/guard.ts'
import { printRun } from '../bench/harness/print.ts'
import { exactly, type Report, type Result, type Row, type Run } from '../bench/harness/report.ts'
import { TARGETS, type TargetId } from '../bench/targets.ts'

const NOTHING: Report = { rows: [], missing: [], notes: [] }

function toResult(rows: readonly Row[], yardstick = 100): Result {
  const report = { ...NOTHING, rows }
  return { name: 'due', about: 'what is due', at: '2026-11-27T20:00', load: 0.4, seconds: 3, yardstick, report }
}

const runOf = (...results: readonly Result[]): Run => ({ machine: ['- A machine.'], results })
/** A time of several runs that all took as long. */
const timed = (ms: number, more: Partial<Row> = {}): Row => ({
  what: 'a list',
  unit: 'ms',
  ours: { ...exactly(ms), runs: 7 },
  ...more,
})
const peer = (value: number): NonNullable<Row['peer']> => ({ name: 'jq', sample: exactly(value) })

describe('the page of a run', () => {
  const line = (page: string, work: string): string | undefined =>
    page.split('\n').find((each) => each.startsWith(`| ${work} |`))

  it('has a line for each target, and one that no bench answers is not measured', () => {
    const page = printRun(runOf())
    for (const { work } of Object.values(TARGETS)) expect(line(page, work)).toMatch(/\*\*not measured\*\* \|$/u)
  })

  it('states the worst of several rows for a target, and whether the target is met', () => {
    const keys = TARGETS['first-keys'].work
    const met = runOf(toResult([timed(100, { target: 'first-keys' })]))
    expect(line(printRun(met), keys)).toContain('| 100 ms | – | – | met |')
    const worse = [timed(40, { target: 'first-keys' }), timed(101, { target: 'first-keys' })]
    expect(line(printRun(runOf(toResult(worse))), keys)).toContain('| 101 ms | – | – | **missed** |')
  })

  it.each([
    ['due-1000', 'ms', 25, 10, 'met'],
    ['due-1000', 'ms', 26, 10, '**missed**'],
    ['sync', 'requests/s', 400, 100, 'met'],
    ['sync', 'requests/s', 399, 100, '**missed**'],
    ['key-model', 'ms', 10, 30, 'met'],
    ['key-model', 'ms', 10, 29, '**missed**'],
    ['sync-memory', 'MB', 201, undefined, '**missed**'],
  ] as const)('holds %s in %s, %s against %s, for %s', (target, unit, ours, other, outcome) => {
    const bare: Row = { what: 'a', unit, ours: exactly(ours), target }
    const row = other === undefined ? bare : { ...bare, peer: peer(other) }
    expect(line(printRun(runOf(toResult([row]))), TARGETS[target].work)).toMatch(
      new RegExp(`\\| ${outcome.replaceAll('*', '\\*')} \\|$`, 'u'),
    )
  })

  it('names a bench that could not be measured, with the reason', () => {
    const page = printRun(runOf({ ...toResult([]), failed: 'there is no Xvfb' }))
    expect(page).toContain('## due: what is due\n\n**Not measured**: there is no Xvfb')
  })

  it('shows what each doubling of the size multiplies a figure by', () => {
    const sized = (size: number, ms: number): Row => timed(ms, { growth: { work: '`due`', size, by: 'keys' } })
    const table = getGrowthTable(runOf(toResult([sized(4000, 8), sized(1000, 2), sized(2000, 4)])))
    expect(table.split('\n').at(-1)).toBe(
      '| `due` | keys | 1,000: 2.00 ms | 2,000: 4.00 ms | 4,000: 8.00 ms | × 2.00 |',
    )
  })
})

describe('the accepted run', () => {
  const root = resolve(import.meta.dirname, '../..')

  it('is the one that docs/bench.md shows', () => {
    // The formatter pads the cells of tables, and nothing else.
    const squeeze = (page: string): string => page.replaceAll(/ +/gu, ' ').replaceAll(/-{3,}/gu, '---').trim()
    expect(squeeze(readFileSync(join(root, 'docs/bench.md'), 'utf8'))).toBe(squeeze(printRun(readAccepted(root))))
  })

  it('measured every promise and every part', () => {
    const { results } = readAccepted(root)
    expect(results.filter(({ failed, report }) => failed !== undefined || report.missing.length > 0)).toEqual([])
    const answered = new Set(results.flatMap(({ report }) => report.rows.map(({ target }) => target)))
    expect(Object.keys(TARGETS).filter((id) => !answered.has(id as TargetId))).toEqual([])
  })
})

describe('the guard', () => {
  const moved = (before: Row, now: Row, yardsticks: readonly [number, number] = [100, 100]) =>
    findMoved(runOf(toResult([before], yardsticks[0])), runOf(toResult([now], yardsticks[1])))

  it('compares a row that has a peer by its ratio, whatever the speed of the machine', () => {
    expect(moved(timed(10, { peer: peer(5) }), timed(40, { peer: peer(20) }))).toEqual([])
    const [worse] = moved(timed(10, { peer: peer(5) }), timed(13, { peer: peer(5) }))
    expect(worse).toMatchObject({ isWorse: true, what: 'a list (jq)', before: 2, now: 2.6 })
    expect(movedText(worse!)).toBe('due: a list (jq): 1.30 times worse than accepted (2.00, now 2.60)')
  })

  it('compares a time without a peer by the yardstick of both runs', () => {
    expect(moved(timed(10), timed(20), [100, 200])).toEqual([])
    expect(moved(timed(10), timed(10), [100, 50])).toMatchObject([{ isWorse: true }])
  })

  it('compares memory as it is, and takes more requests a second for better', () => {
    const memory = (MB: number): Row => ({ what: 'a', unit: 'MB', ours: exactly(MB) })
    expect(moved(memory(100), memory(121), [100, 200])).toMatchObject([{ isWorse: true }])
    const rate = (value: number): Row => ({ what: 'a', unit: 'requests/s', ours: { ...exactly(value), runs: 7 } })
    expect(moved(rate(100), rate(150))).toMatchObject([{ isWorse: false }])
    expect(moved(rate(100), rate(60))).toMatchObject([{ isWorse: true }])
  })

  it('leaves out what either run scatters as widely, and what took less than twice as long once', () => {
    const wide = (ms: number): Row => timed(ms, { ours: { ...exactly(ms), runs: 7, middle: [ms * 0.8, ms * 1.2] } })
    expect(moved(wide(100), wide(130))).toEqual([])
    expect(moved(wide(100), wide(160))).toMatchObject([{ isWorse: true }])
    const scattered = { name: 'jq', sample: { ...exactly(5), runs: 7, middle: [4, 6] as const } }
    expect(moved(timed(10, { peer: scattered }), timed(12.5, { peer: scattered }))).toEqual([])
    const once = (ms: number): Row => timed(ms, { ours: exactly(ms) })
    expect(moved(once(100), once(199))).toEqual([])
    expect(moved(once(100), once(201))).toMatchObject([{ isWorse: true }])
    expect(moved(timed(100), once(130))).toMatchObject([{ isWorse: true }])
  })

  it('leaves out what moved by a fifth at most and what only one run has', () => {
    expect(moved(timed(100), timed(120))).toEqual([])
    expect(moved(timed(100), timed(500, { what: 'another list' }))).toEqual([])
  })
})

it('a profile is shown as a tree of calls with their shares, a chain of single calls in one line', () => {
  const node = (id: number, functionName: string, children: readonly number[] = []) => ({
    id,
    callFrame: { functionName, url: '', lineNumber: 0 },
    children,
  })
  const nodes = [
    node(1, '(root)', [2]),
    node(2, 'main', [3, 6]),
    node(3, 'read', [4]),
    node(4, 'parse', [5]),
    node(5, 'next'),
    node(6, 'main'),
  ]
  const profile = { nodes, samples: [5, 4, 6, 5], timeDeltas: [50_000, 20_000, 29_500, 500] }
  expect(toFlame(profile, 5)).toEqual([
    '100 % 100 ms (0) main',
    '  71 % 71 ms (20) read › parse',
    '    51 % 51 ms (51) next',
    '  30 % 30 ms (30) main',
  ])
})
