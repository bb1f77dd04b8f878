import type { CSSProperties, ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import styles from './charts.module.css'
import type { Fill } from '../../shared/report/chart-fills.ts'
import { Swatch } from './swatch.tsx'

interface TipLine {
  readonly label: string
  readonly value: string
  readonly fill: Fill
  /** The part that the pointer or the keyboard has reached. */
  readonly isChosen: boolean
}

interface BarsTipProps {
  readonly title: string
  readonly total: string
  readonly lines: readonly TipLine[]
  /** About the whole period: the budget, anomalies. */
  readonly notes: readonly string[]
  readonly ground: string
  /** Pixels from the left edge of the chart, and its width: the tip is on the side that has room. */
  readonly x: number
  readonly width: number
}

/** Everything about one period: its total, every part, and what is noted about it. */
export function BarsTip({ title, total, lines, notes, ground, x, width }: BarsTipProps): ReactElement {
  const place: CSSProperties = x < width / 2 ? { left: x + 14 } : { right: width - x + 14 }
  return (
    <div className={styles['tip']} style={place} aria-hidden>
      <p>
        <strong>{title}</strong>
        <strong>{total}</strong>
      </p>
      <ul>
        {lines.map(({ label, value, fill, isChosen }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- two parts may have one name
          <li key={`${at} ${label}`} data-chosen={isChosen}>
            <Swatch fill={fill} ground={ground} />
            <bdi>{visibleText(label)}</bdi>
            <span>{value}</span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
    </div>
  )
}
