import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import '../files/files.css'
import { UsageTabs } from '../../entities/usage-tabs.tsx'
import { MadeView } from './made-view.tsx'
import { MakeView } from './make-view.tsx'
import { VIEWS } from './search.ts'
import { SettingsView } from './settings-view.tsx'

const route = getRouteApi('/reports')

const LABELS: Readonly<Record<(typeof VIEWS)[number], string>> = {
  make: 'Make',
  made: 'Due and made',
  settings: 'Settings',
}

/** Usage as documents: made, looked at and saved; which are due and were made; and how a client's are made. */
export function Page(): ReactElement {
  const { view = 'make' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Reports"
      actions={
        <SegmentedControl
          aria-label="Show"
          value={view}
          data={VIEWS.map((value) => ({ value, label: LABELS[value] }))}
          onChange={(value) => {
            const next = VIEWS.find((each) => each === value)
            void navigate({ search: (now) => ({ ...now, view: next === 'make' ? undefined : next }) })
          }}
        />
      }
    >
      <UsageTabs />
      {view === 'make' ? <MakeView /> : view === 'made' ? <MadeView /> : <SettingsView />}
    </PageFrame>
  )
}
