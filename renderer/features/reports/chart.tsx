import { useComputedColorScheme } from '@mantine/core'
import { useId, type ReactElement } from 'react'

import { chartColours, identityFills } from '../../../shared/report/chart-fills.ts'
import { chartLayout } from '../../../shared/report/usage-chart.ts'
import type { DocumentChart } from '../../../shared/report/usage-document.ts'
import { Patterns, Swatch, toFill } from '../../charts/swatch.tsx'
import styles from './reports.module.css'

/** The chart of a report as in its file; the table after it has the same numbers. */
export function BlockChart({ chart }: { readonly chart: DocumentChart }): ReactElement {
  const id = useId()
  const scheme = useComputedColorScheme('light')
  const { surface } = chartColours(scheme)
  const fills = identityFills(
    chart.series.map(({ identity }) => (identity === null ? null : { key: identity })),
    scheme,
  )
  const { width, height, left, right, bars, marks, labels } = chartLayout(chart)
  const fillOf = (series: number): string | undefined => {
    const fill = fills[series]
    return fill === undefined ? undefined : toFill(id, fill)
  }
  return (
    <figure className={styles['chart']}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{chart.title}</title>
        <desc id={`${id}-desc`}>{chart.summary}</desc>
        <Patterns picture={id} fills={fills} ground={surface} />
        {marks.map(({ text, x, y }) => (
          <g key={y}>
            <line className={styles['grid']} x1={left} x2={right} y1={y} y2={y} />
            <text x={x} y={y + 4} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        {bars.map(({ series, ...place }) => (
          <rect key={`${place.x} ${series}`} fill={fillOf(series)} {...place} />
        ))}
        {labels.map(({ text, x, y }) => (
          <text key={x} x={x} y={y} textAnchor="middle">
            {text}
          </text>
        ))}
      </svg>
      <ul>
        {chart.series.map(({ name }, series) => (
          <li key={`${series} ${name}`}>
            {fills[series] === undefined ? null : <Swatch fill={fills[series]} ground={surface} />}
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </figure>
  )
}
