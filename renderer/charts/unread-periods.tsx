import type { ReactElement } from 'react'

import { capitalize } from '../../shared/domain/capitalize.ts'
import { formatWholePeriod } from '../../shared/domain/text/dates.ts'
import type { BarsLayout } from './bars-layout.ts'
import styles from './charts.module.css'

/** Periods in a row that were not read, or read in part: their places, and the word for them. */
interface UnreadRun {
  readonly from: number
  readonly to: number
  readonly word: string
}

/** The runs of periods with the same word; an empty word is of a period that was read. */
export function listUnreadRuns(words: readonly string[]): readonly UnreadRun[] {
  const runs: UnreadRun[] = []
  for (const [at, word] of words.entries()) {
    const last = runs.at(-1)
    if (word === '') continue
    if (last !== undefined && last.to === at - 1 && last.word === word) runs[runs.length - 1] = { ...last, to: at }
    else runs.push({ from: at, to: at, word })
  }
  return runs
}

/** `Not read: 1 Oct 2026 to 23 Oct 2026. Read in part: 24 Oct 2026.`; empty where all was read. */
export function describeUnread(periods: readonly string[], words: readonly string[]): string {
  return [...Map.groupBy(listUnreadRuns(words), ({ word }) => word)]
    .map(([word, runs]) => {
      const spans = runs.map(({ from, to }) => {
        const [first, last] = [formatWholePeriod(periods[from] ?? ''), formatWholePeriod(periods[to] ?? '')]
        return from === to ? first : `${first} to ${last}`
      })
      return `${capitalize(word)}: ${spans.join(', ')}.`
    })
    .join(' ')
}

interface UnreadPeriodsProps {
  readonly layout: BarsLayout
  readonly words: readonly string[]
}

/** The width that a word needs; in a narrower run it is turned by 90 degrees. */
const WORD_PX = 72

/** Frames around periods that were not read, with the word in each: a period without a bar is not zero there. */
export function UnreadPeriods({ layout, words }: UnreadPeriodsProps): ReactElement {
  const { columns, top, bottom } = layout
  return (
    <>
      {listUnreadRuns(words).map(({ from, to, word }) => {
        const [first, last] = [columns[from], columns[to]]
        if (first === undefined || last === undefined) return null
        const width = last.x + last.width - first.x
        const [x, y] = [first.x + width / 2, (top + bottom) / 2]
        return (
          <g key={from}>
            <rect className={styles['unread']} x={first.x} width={width} y={top} height={bottom - top} />
            <text x={x} y={y} textAnchor="middle" transform={width < WORD_PX ? `rotate(-90 ${x} ${y})` : undefined}>
              {word}
            </text>
          </g>
        )
      })}
    </>
  )
}
