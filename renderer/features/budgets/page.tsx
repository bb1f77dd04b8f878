import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { BudgetsView } from './budgets-view.tsx'
import { RatesView } from './rates-view.tsx'
import { AnomaliesView } from './anomalies-view.tsx'

const route = getRouteApi('/usage/budgets')

/** Budgets and their state, rate limits, and anomalies. */
export function Page(): ReactElement {
  const { view = 'budgets' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Usage"
      tabs={<AreaTabs label="Usage" />}
      fill={view === 'rates'}
      actions={
        <Button
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => void navigate({ search: { add: true } })}
        >
          Set budget
        </Button>
      }
    >
      {view === 'budgets' ? <BudgetsView /> : view === 'anomalies' ? <AnomaliesView /> : <RatesView />}
    </PageFrame>
  )
}
