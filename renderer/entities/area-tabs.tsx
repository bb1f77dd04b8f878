import { useMatch } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { makeTabs } from '../data/area-tabs.ts'
import { useAreas } from '../data/areas.ts'
import { PageTabs } from '../ui/tabs.tsx'

interface AreaTabsProps {
  /** The title of the page. */
  readonly label: string
  /** Counts by the label of their tab. */
  readonly counts?: Readonly<Record<string, number | undefined>>
}

/** The tabs that the area of this page and its relatives declare. */
export function AreaTabs({ label, counts = {} }: AreaTabsProps): ReactElement {
  const areas = useAreas()
  const { fullPath, search } = useMatch({ strict: false })
  const tabs = makeTabs(areas, fullPath, search).map((tab) => ({ ...tab, count: counts[tab.label] }))
  return <PageTabs label={label} tabs={tabs} />
}
