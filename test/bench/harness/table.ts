import type { Target } from '../targets.ts'
import { TARGETS } from '../targets.ts'
import type { Sample } from './measure.ts'
import type { Row, Unit } from './report.ts'

const HEADER = ['what', 'ours', 'peer', 'figure of the peer', 'ratio', 'outcome'] as const

/** Rows as a Markdown table. */
export function getTable(rows: readonly Row[]): string {
  return toTable(HEADER, rows.map(toCells))
}

/** A Markdown table of cells. */
export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function toCells(row: Row): readonly string[] {
  return [
    row.what,
    sampleText(row.ours, row.unit),
    row.peer === undefined ? '–' : `\`${row.peer.name}\`${row.isFloor === true ? ' (floor)' : ''}`,
    row.peer === undefined ? '–' : sampleText(row.peer.sample, row.unit),
    ratioText(row),
    toOutcome(row),
  ]
}

/** Median, and in brackets the least and the most. */
export function sampleText(sample: Sample, unit: Unit): string {
  const [median, low, high] = [sample.median, sample.low, sample.high].map((value) => amount(value, unit))
  return low === high ? `${median} ${unit}` : `${median} ${unit} (${low}–${high})`
}

function amount(value: number, unit: Unit): string {
  const digits = unit === 'ms' && value < 10 ? 2 : unit === 'ms' && value < 100 ? 1 : 0
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** “1.4× better”, or a dash where a row has no peer. */
export function ratioText(row: Row): string {
  const times = toTimes(row)
  if (times === null) return '–'
  return times <= 1 ? `${short(1 / times)}× better` : `${short(times)}× worse`
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value < 10 ? 2 : 3 })
}

/** How many times what the peer needs ours does; below 1 ours is better. Null without a peer. */
export function toTimes({ ours, peer, unit }: Row): number | null {
  if (peer === undefined) return null
  return isMoreBetter(unit) ? peer.sample.median / ours.median : ours.median / peer.sample.median
}

export function isMoreBetter(unit: Unit): boolean {
  return unit === 'requests/s' || unit === 'decisions/s'
}

/** What is promised of a row, and whether it is kept. Null where nothing is promised. */
export function toPromise(row: Row): { readonly text: string; readonly isKept: boolean } | null {
  if (row.target !== undefined) return toTargetPromise(row, TARGETS[row.target])
  if (row.limit === undefined) return null
  const isKept = isMoreBetter(row.unit) ? row.ours.median >= row.limit : row.ours.median <= row.limit
  return { text: `${isMoreBetter(row.unit) ? '≥' : '≤'} ${row.limit} ${row.unit}`, isKept }
}

function toTargetPromise(row: Row, target: Target): { readonly text: string; readonly isKept: boolean } {
  const times = toTimes(row) ?? Number.NaN
  const text = targetText(target)
  if (target.atMostTimes !== undefined) return { text, isKept: times <= target.atMostTimes }
  if (target.atLeastTimes !== undefined) return { text, isKept: 1 / times >= target.atLeastTimes }
  return { text, isKept: row.ours.median <= (target.atMostMs ?? target.atMostMB ?? Number.NaN) }
}

/** “≤ 2.5 ×”, “≥ 3 × better”, “≤ 250 MB”. */
export function targetText({ atMostTimes, atLeastTimes, atMostMs, atMostMB }: Target): string {
  if (atMostTimes !== undefined) return `≤ ${atMostTimes} ×`
  if (atLeastTimes !== undefined) return `≥ ${atLeastTimes} × better`
  return atMostMs === undefined ? `≤ ${atMostMB} MB` : `≤ ${atMostMs.toLocaleString('en')} ms`
}

/** Where the middle halves of both overlap, the difference may be chance: even. */
export function toOutcome(row: Row): string {
  const parts: string[] = []
  const promise = toPromise(row)
  if (promise !== null) parts.push(`${promise.isKept ? 'meets' : '**misses**'} ${promise.text}`)
  if (row.peer !== undefined && row.isFloor !== true) {
    const { middle: ours } = row.ours
    const { middle: peer } = row.peer.sample
    const overlaps = ours[0] <= peer[1] && peer[0] <= ours[1]
    parts.push(overlaps ? 'even' : (toTimes(row) ?? 1) < 1 ? 'wins' : '**loses**')
  }
  return parts.length === 0 ? '–' : parts.join(', ')
}
