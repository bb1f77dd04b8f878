import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ViewChoice } from '../../ui/views.tsx'
import { UsageTabs } from '../../entities/usage-tabs.tsx'
import { MadeView } from './made-view.tsx'
import { MakeView } from './make-view.tsx'
import type { ReportsSearch } from './search.ts'
import { SettingsView } from './settings-view.tsx'

const LABELS: Readonly<Record<NonNullable<ReportsSearch['view']>, string>> = {
  make: 'Create',
  made: 'Schedule & history',
  settings: 'Settings',
}

/** Usage reports: creating and saving them, the schedule and history, and the settings of a client. */
export function Page(): ReactElement {
  const [{ view = 'make' }, set] = useSearchState('/reports')
  return (
    <PageFrame
      title="Reports"
      actions={<ViewChoice value={view} labels={LABELS} usual="make" choose={(next) => set({ view: next })} />}
    >
      <UsageTabs />
      {view === 'make' ? <MakeView /> : view === 'made' ? <MadeView /> : <SettingsView />}
    </PageFrame>
  )
}
