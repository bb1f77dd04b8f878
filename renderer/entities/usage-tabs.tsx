import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import styles from './usage-tabs.module.css'

const TABS = [
  { to: '/usage', label: 'Spend' },
  { to: '/usage/reconciliation', label: 'Reconciliation' },
  { to: '/usage/budgets', label: 'Budgets' },
  { to: '/reports', label: 'Reports' },
] as const

/** The tabs of the usage pages. */
export function UsageTabs(): ReactElement {
  return (
    <nav aria-label="Usage" className={styles['tabs']}>
      {TABS.map(({ to, label }) => (
        <Link key={label} to={to} activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
