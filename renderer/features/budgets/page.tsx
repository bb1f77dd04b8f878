import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { PageFrame } from '../../ui/page.tsx'
import { ViewChoice } from '../../ui/views.tsx'
import { UsageTabs } from '../../entities/usage-tabs.tsx'
import { BudgetsView } from './budgets-view.tsx'
import { RatesView } from './rates-view.tsx'
import type { BudgetsSearch } from './search.ts'
import { AnomaliesView } from './anomalies-view.tsx'

const route = getRouteApi('/usage/budgets')

const LABELS: Readonly<Record<NonNullable<BudgetsSearch['view']>, string>> = {
  budgets: 'Budgets and limits',
  anomalies: 'Anomalies',
  rates: 'Rate limits',
}

/** Budgets and their state, rate limits, and anomalies. */
export function Page(): ReactElement {
  const { view = 'budgets' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <PageFrame
      title="Budgets"
      fill={view === 'rates'}
      actions={
        <>
          <ViewChoice
            value={view}
            labels={LABELS}
            usual="budgets"
            choose={(next) => void navigate({ search: { view: next } })}
          />
          <Button
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => void navigate({ search: { add: true } })}
          >
            Set budget
          </Button>
        </>
      }
    >
      <UsageTabs />
      {view === 'budgets' ? <BudgetsView /> : view === 'anomalies' ? <AnomaliesView /> : <RatesView />}
    </PageFrame>
  )
}
