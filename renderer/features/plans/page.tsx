import { Button } from '@mantine/core'
import { IconPlus, IconSitemap } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { PlanDetail, PlanRow } from '../../../shared/contract/plans.ts'
import { query } from '../../data/api.ts'
import { useKept } from '../../ui/kept.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { Editor } from './editor.tsx'
import { NewPlan } from './new-plan.tsx'
import { PlanList } from './plan-list.tsx'
import type { PlansSearch } from './search.ts'
import { useSearchState } from '../../data/use-search-state.ts'

/** The desired state of organizations: plans, drift, and applying them. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/plans')
  const plans = useQuery(query.plan.list.queryOptions({ input: { client: search.client } }))
  const rows = plans.data ?? []
  if (search.plan !== undefined) {
    return <OpenPlan key={search.plan} planId={search.plan} plans={rows} search={search} set={set} />
  }
  const make = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ making: true })}>
      New plan
    </Button>
  )
  return (
    <PageFrame
      title="Plans"
      aside={plans.data === undefined ? undefined : plural(rows.length, 'plan')}
      actions={rows.length === 0 ? null : make}
    >
      <Answer of={plans} what="plans">
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconSitemap} title="No plans yet" action={make}>
              A plan is the desired state of a client’s organizations: projects, roles, keys, limits. Begin with a
              template, with the current state, or step by step.
            </Empty>
          ) : (
            <PlanList plans={rows} />
          )
        }
      </Answer>
      <NewPlan
        opened={search.making === true}
        close={() => set({ making: undefined })}
        onMade={(plan) => set({ making: undefined, plan, tab: undefined })}
      />
    </PageFrame>
  )
}

interface OpenPlanProps {
  readonly planId: number
  readonly plans: readonly PlanRow[]
  readonly search: PlansSearch
  readonly set: (change: Partial<PlansSearch>) => void
}

function OpenPlan({ planId, plans, search, set }: OpenPlanProps): ReactElement {
  const plan = useQuery(query.plan.get.queryOptions({ input: { planId } }))
  if (plan.isPending || plan.isError) {
    return (
      <PageFrame title="Plan">
        {plan.isPending ? (
          <Loading what="the plan" rows={10} />
        ) : (
          <Failed error={plan.error} retry={() => void plan.refetch()} />
        )}
      </PageFrame>
    )
  }
  return <KeptPlan read={plan.data} plans={plans} search={search} set={set} reread={() => void plan.refetch()} />
}

interface KeptPlanProps extends Omit<OpenPlanProps, 'planId'> {
  readonly read: PlanDetail
  readonly reread: () => void
}

function KeptPlan({ read, plans, ...props }: KeptPlanProps): ReactElement {
  const kept = useKept(read, String(read.row.version))
  const { planId, client } = read.row
  return (
    <Editor
      key={kept.token}
      {...props}
      detail={kept.shown}
      kept={kept}
      newest={read.row.version}
      others={plans.filter((one) => one.planId !== planId && one.client.slug === client.slug)}
    />
  )
}
