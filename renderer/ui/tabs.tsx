import type { KeyboardEvent, ReactElement } from 'react'

import { CurrentLink } from './current-link.tsx'
import { wholeNumber } from './relative.ts'
import classes from './tabs.module.css'

type SearchParams = Readonly<Record<string, unknown>>

/** A tab is an address: of another page, or of another view of the same page. */
export interface PageTab {
  readonly label: string
  /** Shown beside the label when it is more than 0. */
  readonly count?: number | undefined
  readonly current: boolean
  /** A path; `.` for the page itself. */
  readonly to: string
  /** The search params of the tab, or how they follow from those of the page. */
  readonly search: SearchParams | ((now: SearchParams) => SearchParams)
}

interface PageTabsProps {
  /** The owner of the tabs, for assistive technology: the title of the page. */
  readonly label: string
  readonly tabs: readonly PageTab[]
}

/** The tabs under the title of a page. The arrow keys, Home and End move along them. */
export function PageTabs({ label, tabs }: PageTabsProps): ReactElement {
  return (
    <nav aria-label={label} className={classes['tabs']}>
      {tabs.map((tab) => (
        <CurrentLink
          key={tab.label}
          to={tab.to}
          search={tab.search as never}
          current={tab.current}
          className={classes['tab']}
          onKeyDown={moveFocus}
        >
          {tab.label}
          {tab.count === undefined || tab.count === 0 ? null : (
            <span className={classes['count']}>{wholeNumber(tab.count)}</span>
          )}
        </CurrentLink>
      ))}
    </nav>
  )
}

function moveFocus(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const tabs = [...(event.currentTarget.parentElement?.querySelectorAll('a') ?? [])]
  const to = nextTab(event.key, tabs.indexOf(event.currentTarget), tabs.length)
  if (to === null) return
  event.preventDefault()
  tabs[to]?.focus()
}

/** The tab that a key moves to, from 0 and around the ends; null for a key that does not move. */
export function nextTab(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
