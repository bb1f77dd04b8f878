import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { api, query } from '../../data/api.ts'
import { useClients } from '../../data/use-clients.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { visibleText } from '../../ui/text.ts'
import { budgetInput, budgetProblems, newBudget, toValues, type BudgetValues } from './budget-values.ts'
import { FormEnd, useFirstFocus } from '../../ui/dialog-form.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { useQuery } from '../../ui/use-query.ts'

interface BudgetDialogProps {
  readonly opened: boolean
  readonly close: () => void
  /** The client of a new budget; none: it is chosen. */
  readonly client: string | undefined
  /** An existing budget, whose scope cannot be changed: another scope has a budget of its own. */
  readonly budgetId: number | undefined
  readonly saved: (row: Outputs['budgets']['set']) => void
}

/**
 * The form of a budget: its scope, the amount, whether it is a hard limit or alerts, and the thresholds of its alerts.
 */
export function BudgetDialog(props: BudgetDialogProps): ReactElement {
  const { opened, close, client, budgetId } = props
  return (
    <Dialog opened={opened} onClose={close} title={budgetId === undefined ? 'Set budget' : 'Edit budget'} size={500}>
      {budgetId === undefined ? (
        <BudgetForm {...props} initial={newBudget(client)} />
      ) : (
        <Editing
          of={query.budgets.list.queryOptions({ input: { client } })}
          find={(rows) => {
            const row = rows.find((each) => each.budgetId === budgetId)
            return row === undefined ? null : toValues(row)
          }}
          what="the budget"
          saving="all fields"
        >
          {(edited) => <BudgetForm {...props} initial={edited.began} edited={edited} />}
        </Editing>
      )}
    </Dialog>
  )
}

interface BudgetFormProps extends Pick<BudgetDialogProps, 'saved' | 'close'> {
  readonly initial: BudgetValues
  /** Left out of a new budget. */
  readonly edited?: FormStart<BudgetValues>
}

function BudgetForm({ initial, edited, saved, close }: BudgetFormProps): ReactElement {
  const fixed = edited !== undefined
  const place = useFirstFocus()
  const [error, setError] = useState<unknown>(null)
  const form = useForm<BudgetValues>({ initialValues: initial, validate: budgetProblems })
  useTyped(form.isDirty(), edited?.setTyped)
  const { client, connection } = form.values
  const clients = useClients()
  const places = usePlaces(client, connection)
  const submit = async (values: BudgetValues): Promise<void> => {
    const input = budgetInput(values)
    if (input === null) return
    setError(null)
    try {
      await edited?.check()
      saved(await api.budgets.set(input))
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <form ref={place} className="c-form" onSubmit={form.onSubmit(submit)} noValidate>
      <Select
        label="Client"
        data={clients.map(({ slug, name }) => ({ value: slug, label: visibleText(name) }))}
        disabled={fixed}
        required
        searchable
        {...form.getInputProps('client')}
        onChange={(value) => form.setValues({ client: value, connection: null, project: null })}
      />
      <Select
        label="Organization"
        description="Leave empty for the whole client"
        data={places.connections}
        disabled={fixed || client === null}
        clearable={!fixed}
        {...form.getInputProps('connection')}
        onChange={(value) => form.setValues({ connection: value, project: null })}
      />
      <Select
        label="Project"
        description="Leave empty for the whole organization"
        data={places.projects}
        disabled={fixed || connection === null}
        clearable={!fixed}
        searchable
        {...form.getInputProps('project')}
      />
      <TextInput
        label="US dollars a month"
        placeholder="500"
        inputMode="decimal"
        required
        data-autofocus
        {...form.getInputProps('dollars')}
      />
      <div>
        <div className="c-label" id="budget-kind">
          Kind
        </div>
        <SegmentedControl
          aria-labelledby="budget-kind"
          data={[
            { value: 'alert', label: 'Alert' },
            { value: 'hard', label: 'Hard limit' },
          ]}
          {...form.getInputProps('enforcement')}
        />
        <p className="c-help">
          Castellan alerts only; it doesn’t stop spending. The provider’s own limit is shown beside it.
        </p>
      </div>
      <TextInput
        label="Alert at (%)"
        description="One alert each a month"
        required
        {...form.getInputProps('thresholds')}
      />
      <FormEnd verb={fixed ? 'Save' : 'Set budget'} error={error} busy={form.submitting} close={close} />
    </form>
  )
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** The organizations of a client, and the projects of one of them. */
function usePlaces(client: string | null, connection: string | null) {
  const connections = useQuery({
    ...query.connection.list.queryOptions({ input: { client: client ?? undefined } }),
    enabled: client !== null,
  })
  const projects = useQuery({
    ...query.projects.list.queryOptions({
      input: { client: client ?? undefined, connection: Number(connection ?? 1), limit: 500 },
    }),
    enabled: connection !== null,
  })
  return {
    connections: (connections.data ?? []).map(({ id, label, provider }): Choice => {
      return { value: String(id), label: `${visibleText(label)} (${providerName(provider)})` }
    }),
    projects: (connection === null ? [] : (projects.data?.rows ?? [])).map(({ projectId, name }): Choice => {
      return { value: String(projectId), label: visibleText(name) }
    }),
  }
}
