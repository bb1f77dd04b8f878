import type { ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import styles from './charts.module.css'
import type { Fill } from '../../shared/report/chart-fills.ts'
import { Swatch } from './swatch.tsx'

interface BarsLegendProps {
  readonly labels: readonly string[]
  readonly fills: readonly Fill[]
  readonly ground: string
  /** Positions of the series that are not shown. */
  readonly hidden: ReadonlySet<number>
  readonly toggle: (series: number) => void
  readonly showAll: () => void
}

/** The names of the parts: each is a button that hides its part, and shows it again. */
export function BarsLegend({ labels, fills, ground, hidden, toggle, showAll }: BarsLegendProps): ReactElement {
  return (
    <ul className={styles['legend']} aria-label="Parts of the chart">
      {labels.map((label, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- two parts may have one name
        <li key={`${at} ${label}`}>
          <button
            type="button"
            aria-pressed={!hidden.has(at)}
            title={hidden.has(at) ? 'Show' : 'Hide'}
            onClick={() => toggle(at)}
          >
            <Swatch fill={fills[at] ?? { colour: ground, texture: 0 }} ground={ground} />
            <bdi className="c-cut">{visibleText(label)}</bdi>
          </button>
        </li>
      ))}
      {hidden.size === 0 ? null : (
        <li>
          <button type="button" className="c-link" onClick={showAll}>
            Show all
          </button>
        </li>
      )}
    </ul>
  )
}
