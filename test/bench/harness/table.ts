import type { Sample } from './measure.ts'
import type { Row, Unit } from './report.ts'

const HEADER = ['what', 'ours', 'peer', 'time of the peer', 'ratio', 'outcome'] as const

/** Rows as a Markdown table. */
export function getTable(rows: readonly Row[]): string {
  const lines = [HEADER, HEADER.map(() => '---'), ...rows.map(toCells)]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function toCells(row: Row): readonly string[] {
  return [
    row.what,
    sampleText(row.ours, row.unit),
    row.peer === undefined ? '–' : `\`${row.peer.name}\`${row.isFloor === true ? ' (floor)' : ''}`,
    row.peer === undefined ? '–' : sampleText(row.peer.sample, row.unit),
    row.peer === undefined ? '–' : ratioText(row, row.peer.sample),
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

function ratioText({ ours, unit }: Row, peer: Sample): string {
  const times = factor(ours, peer, unit)
  if (times >= 1) return `${short(times)}× better`
  return `${short(1 / times)}× worse`
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value < 10 ? 2 : 3 })
}

/** How many times better ours is. */
function factor(ours: Sample, peer: Sample, unit: Unit): number {
  return isMoreBetter(unit) ? ours.median / peer.median : peer.median / ours.median
}

function isMoreBetter(unit: Unit): boolean {
  return unit === 'requests/s' || unit === 'entries/s'
}

/** Where the middle halves of both overlap, the difference may be chance: even. */
export function toOutcome(row: Row): string {
  const parts: string[] = []
  if (row.limit !== undefined) {
    const within = isMoreBetter(row.unit) ? row.ours.median >= row.limit : row.ours.median <= row.limit
    parts.push(`${within ? 'meets' : '**misses**'} ${isMoreBetter(row.unit) ? '≥' : '≤'} ${row.limit} ${row.unit}`)
  }
  if (row.peer !== undefined && row.isFloor !== true) {
    const { middle: ours } = row.ours
    const { middle: peer } = row.peer.sample
    const overlaps = ours[0] <= peer[1] && peer[0] <= ours[1]
    const better = factor(row.ours, row.peer.sample, row.unit) > 1
    parts.push(overlaps ? 'even' : better ? 'wins' : '**loses**')
  }
  return parts.length === 0 ? '–' : parts.join(', ')
}
