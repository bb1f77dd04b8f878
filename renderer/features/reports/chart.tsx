import { useId, type ReactElement } from 'react'

import { chartLayout } from '../../../shared/report/usage-chart.ts'
import type { DocumentChart } from '../../../shared/report/usage-document.ts'
import styles from './reports.module.css'

function part(series: number): string {
  return styles[`s${series}`] ?? ''
}

/** The chart of a report as in its file; the table after it has the same numbers. */
export function BlockChart({ chart }: { readonly chart: DocumentChart }): ReactElement {
  const id = useId()
  const { width, height, left, right, bars, marks, labels } = chartLayout(chart)
  return (
    <figure className={styles['chart']}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{chart.title}</title>
        <desc id={`${id}-desc`}>{chart.summary}</desc>
        {marks.map(({ text, x, y }) => (
          <g key={y}>
            <line className={styles['grid']} x1={left} x2={right} y1={y} y2={y} />
            <text x={x} y={y + 4} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        {bars.map(({ series, ...place }) => (
          <rect key={`${place.x} ${series}`} className={part(series)} {...place} />
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
            <span className={part(series)} aria-hidden />
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
    </figure>
  )
}
