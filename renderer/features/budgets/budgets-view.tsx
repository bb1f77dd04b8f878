import { Button } from '@mantine/core'
import { IconCoin } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { BudgetDialog } from './budget-dialog.tsx'
import { BudgetTable, LimitTable } from './budget-table.tsx'
import { toInput } from './budget-values.ts'
import { placeName } from './labels.ts'

const route = getRouteApi('/usage/budgets')

/** Budgets and limits of the scope, and the form of a budget. Setting and clearing can be undone. */
export function BudgetsView(): ReactElement {
  const { edit, add = false } = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const budgets = useQuery(query.budgets.list.queryOptions({ input: { client } }))
  const open = (change: { readonly edit?: number; readonly add?: boolean }): void =>
    void navigate({ search: (now) => ({ ...now, ...change }) })
  const close = (): void => void navigate({ search: (now) => ({ ...now, edit: undefined, add: undefined }) })
  if (budgets.isPending) return <Loading what="budgets" />
  if (budgets.isError) return <Failed error={budgets.error} retry={() => void budgets.refetch()} />
  const rows = budgets.data
  const agreed = rows.filter(({ budgetId }) => budgetId !== null)
  const limits = rows.filter(({ budgetId }) => budgetId === null)
  const editing = rows.find(({ budgetId }) => budgetId !== null && budgetId === edit)
  return (
    <>
      <BudgetDialog
        key={edit ?? (add ? 'add' : 'none')}
        opened={add || editing !== undefined}
        close={close}
        client={client}
        budgetId={editing === undefined ? undefined : edit}
        saved={(row) => {
          close()
          sayItIsSet(row)
        }}
      />
      {agreed.length === 0 ? (
        <Empty
          icon={IconCoin}
          title="No budgets yet"
          action={<Button onClick={() => open({ add: true })}>Set budget</Button>}
        >
          Set what a client, an organization or a project may spend in a month. Provider limits appear here after a
          sync.
        </Empty>
      ) : (
        <BudgetTable
          rows={agreed}
          client={client}
          edit={({ budgetId }) => (budgetId === null ? undefined : open({ edit: budgetId }))}
          clear={(row) => void clear(row)}
        />
      )}
      {limits.length === 0 ? null : <LimitTable rows={limits} client={client} />}
    </>
  )
}

function sayItIsSet(row: Outputs['budgets']['set']): void {
  const { before, budgetId } = row
  const undo = (): Promise<unknown> => {
    if (before !== null) return api.budgets.set(toInput({ ...row, ...before }))
    return budgetId === null ? Promise.resolve() : api.budgets.clear({ budgetId })
  }
  const was = before === null || before.amount === row.amount ? '' : ` from ${dollarText(before.amount)}`
  notifyDone({ message: `Set ${visibleText(placeName(row))}${was} to ${dollarText(row.amount)} USD a month`, undo })
}

async function clear(row: BudgetRow): Promise<void> {
  if (row.budgetId === null) return
  try {
    await api.budgets.clear({ budgetId: row.budgetId })
    notifyDone({
      message: `Cleared the budget of ${visibleText(placeName(row))}`,
      undo: () => api.budgets.set(toInput(row)),
    })
  } catch (error) {
    notifyFailed(error)
  }
}
