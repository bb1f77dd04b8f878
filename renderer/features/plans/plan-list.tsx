import { Button, Table } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { PlanRow } from '../../../shared/contract/plans.ts'
import { api, query } from '../../data/api.ts'
import { BlockedButton } from '../../ui/blocked-button.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'

/** Drafts and active plans. */
export function PlanList({ plans }: { readonly plans: readonly PlanRow[] }): ReactElement {
  return (
    <section className="c-card">
      <SmallTable
        id="plans"
        minWidth={760}
        headings={[
          'Plan',
          'Client',
          'State',
          numbers('Organizations'),
          numbers('Projects'),
          numbers('Keys'),
          'Saved',
          ACTIONS,
        ]}
      >
        {plans.map((plan) => (
          <PlanLine key={plan.planId} plan={plan} />
        ))}
      </SmallTable>
    </section>
  )
}

function PlanLine({ plan }: { readonly plan: PlanRow }): ReactElement {
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Link to="/plans" search={{ plan: plan.planId }} className="c-link">
          {visibleText(plan.title)}
        </Link>
        <span className="c-sub">{visibleText(plan.company)}</span>
      </Table.Th>
      <Table.Td>
        <ClientMark client={plan.client} />
      </Table.Td>
      <Table.Td>
        {plan.errors > 0 ? (
          <Status tone="bad">{plural(plan.errors, 'error')}</Status>
        ) : plan.active ? (
          <Status tone="good">Active</Status>
        ) : (
          <Status tone="quiet" plain>
            Draft
          </Status>
        )}
      </Table.Td>
      <Table.Td className="c-number">{plan.organizations}</Table.Td>
      <Table.Td className="c-number">{plan.projects}</Table.Td>
      <Table.Td className="c-number">{plan.keys}</Table.Td>
      <Table.Td>
        <When at={plan.savedAt} />
      </Table.Td>
      <Table.Td className="c-row-actions">
        <RemovePlan plan={plan} />
      </Table.Td>
    </Table.Tr>
  )
}

/** The button that removes a plan; for an active one it shows why it cannot. */
export function RemovePlan({ plan }: { readonly plan: Pick<PlanRow, 'planId' | 'title' | 'active'> }): ReactElement {
  const remove = useMutation(
    query.plan.remove.mutationOptions({
      onError: notifyFailed,
      onSuccess: () =>
        notifyDone({
          message: `Removed the plan ${visibleText(plan.title)}`,
          undo: () => api.plan.bringBack({ planId: plan.planId }),
        }),
    }),
  )
  const look = { size: 'compact-xs', variant: 'subtle', 'aria-label': `Remove ${visibleText(plan.title)}` } as const
  if (plan.active) {
    return (
      <BlockedButton {...look} reason="An active plan cannot be removed. Open it and deactivate it first">
        Remove
      </BlockedButton>
    )
  }
  return (
    <Button {...look} loading={remove.isPending} onClick={() => remove.mutate({ planId: plan.planId })}>
      Remove
    </Button>
  )
}
