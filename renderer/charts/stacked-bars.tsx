import { useComputedColorScheme } from '@mantine/core'
import type { ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import styles from './charts.module.css'
import { chartColours } from './palette.ts'
import { Swatch } from './swatch.tsx'

export interface BarSeries {
  readonly label: string
  /** One for each row, in the same order. */
  readonly values: readonly number[]
}

interface StackedBarsProps {
  /** One bar each, top to bottom. */
  readonly rows: readonly string[]
  /** The parts of each bar, from the axis outwards; at most six. */
  readonly series: readonly BarSeries[]
  /** The picture in a sentence, for screen readers. The table has the numbers. */
  readonly summary: string
  readonly unit: string
}

const BAR_PX = 17
const ROW_PX = 30

/** Units of the picture across; the bars are stretched to the room that there is, the texts are not. */
const ACROSS = 1000

/** Horizontal stacked bars; colours follow the scheme. */
export function StackedBars({ rows, series, summary, unit }: StackedBarsProps): ReactElement {
  const { age, text, surface } = chartColours(useComputedColorScheme('light'))
  const totals = rows.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const most = Math.max(1, ...totals)
  const fill = (at: number) => ({ colour: age[at % age.length] ?? text, texture: 0 })
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- elements make the picture, so it cannot be an img */}
      <div className={`c-chart ${styles['rows'] ?? ''}`} role="img" aria-label={summary}>
        {rows.map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- two rows may have one name
          <div key={`${at} ${row}`} className={styles['row']}>
            <bdi title={visibleText(row)}>{visibleText(row)}</bdi>
            <svg
              viewBox={`0 0 ${ACROSS} ${ROW_PX}`}
              height={ROW_PX}
              preserveAspectRatio="none"
              className={styles['bar']}
              focusable="false"
            >
              <title>{`${totals[at] ?? 0} ${unit}`}</title>
              {series.map(({ label, values }, place) => {
                const before = series.slice(0, place).reduce((sum, each) => sum + (each.values[at] ?? 0), 0)
                const width = ((values[at] ?? 0) / most) * ACROSS
                return (
                  <rect
                    key={label}
                    x={(before / most) * ACROSS}
                    y={(ROW_PX - BAR_PX) / 2}
                    width={Math.max(0, width - 1.5)}
                    height={BAR_PX}
                    fill={fill(place).colour}
                  />
                )
              })}
            </svg>
            <span>{totals[at] ?? 0}</span>
          </div>
        ))}
      </div>
      <ul className={styles['legend']} aria-hidden>
        {series.map(({ label }, at) => (
          <li key={label} className={styles['named']}>
            <Swatch fill={fill(at)} ground={surface} />
            {label}
          </li>
        ))}
      </ul>
    </>
  )
}
