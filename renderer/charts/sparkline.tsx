import type { ReactElement } from 'react'

import styles from './charts.module.css'

interface SparklineProps {
  /** Numbers in order; the last is set off from those before it. */
  readonly values: readonly number[]
  /** The numbers in words, for assistive technology and on hover. */
  readonly label: string
}

const BAR = 6
const GAP = 2
const HEIGHT = 22

/** A row of small bars, to compare the last number with those before it. */
export function Sparkline({ values, label }: SparklineProps): ReactElement {
  const most = Math.max(1, ...values)
  return (
    <svg className={styles['spark']} width={values.length * (BAR + GAP)} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {values.map((value, at) => {
        const height = Math.max(1, (Math.max(0, value) / most) * HEIGHT)
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- numbers have no identity but their place
            key={at}
            data-last={at === values.length - 1}
            x={at * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        )
      })}
    </svg>
  )
}
