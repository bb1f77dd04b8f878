import { IconSettings } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { MadeView } from './made-view.tsx'
import { MakeView } from './make-view.tsx'
import { SettingsView } from './settings-view.tsx'

/** Usage reports: creating and saving them, the schedule and history, and the settings of a client. */
export function Page(): ReactElement {
  const [{ view = 'make' }] = useSearchState('/usage/reports')
  return (
    <PageFrame
      title="Usage"
      tabs={<AreaTabs label="Usage" />}
      actions={
        view === 'settings' ? null : (
          <ButtonLink
            to="/usage/reports"
            search={{ view: 'settings' }}
            variant="default"
            leftSection={<IconSettings size={14} aria-hidden />}
          >
            Report settings
          </ButtonLink>
        )
      }
    >
      {view === 'make' ? <MakeView /> : view === 'made' ? <MadeView /> : <SettingsView />}
    </PageFrame>
  )
}
