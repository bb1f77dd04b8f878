import { Radio, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { api } from '../../data/api.ts'
import { ClientChoice } from '../../entities/client-choice.tsx'
import { useScope } from '../../data/scope.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { findAnswers, EMPTY_GUIDE, Guide } from './guide.tsx'

type From = Inputs['plan']['create']['from']

const ORIGINS = [
  {
    value: 'exercise',
    label: 'A company with teams',
    about: 'Product, analytics and research, each with its projects',
  },
  { value: 'agency', label: 'An agency', about: 'One organization for each client, and one of its own' },
  { value: 'adopt', label: 'Current state', about: 'No differences at first' },
  {
    value: 'guided',
    label: 'Step by step',
    about: 'Teams, applications and environments, with the rule behind each answer',
  },
  { value: 'empty', label: 'Blank', about: 'An empty plan' },
] as const
type Origin = (typeof ORIGINS)[number]['value']

interface NewPlanProps {
  readonly opened: boolean
  readonly close: () => void
  readonly onMade: (planId: number) => void
}

/** Creates a draft of a plan. */
export function NewPlan(props: NewPlanProps): ReactElement {
  return (
    <Dialog opened={props.opened} onClose={props.close} title="New plan" size="lg">
      <NewPlanForm {...props} />
    </Dialog>
  )
}

function NewPlanForm({ close, onMade }: NewPlanProps): ReactElement {
  const scope = useScope().client
  const [client, setClient] = useState<string | null>(scope ?? null)
  const [origin, setOrigin] = useState<Origin>('exercise')
  const [title, setTitle] = useState('')
  const [guide, setGuide] = useState(EMPTY_GUIDE)
  const answers = findAnswers(guide)
  const from = findFrom(origin, answers)
  const make = useMutation({
    mutationFn: async () => {
      if (client === null || from === null) throw new Error('Name the client.')
      return api.plan.create({ client, from, ...(title.trim() === '' ? {} : { title: title.trim() }) })
    },
    onSuccess: ({ row }) => onMade(row.planId),
  })
  return (
    <DialogForm
      label="New plan"
      verb="Create plan"
      busy={make.isPending}
      error={make.error}
      disabled={client === null || from === null}
      onSubmit={() => make.mutate()}
      close={close}
    >
      <ClientChoice chosen={client} choose={setClient} />
      <Radio.Group
        label="From"
        value={origin}
        onChange={(value) => setOrigin(ORIGINS.find((one) => one.value === value)?.value ?? 'exercise')}
      >
        {ORIGINS.map(({ about, label, value }) => (
          <Radio key={value} value={value} label={label} description={about} mt="xs" />
        ))}
      </Radio.Group>
      {origin === 'guided' ? <Guide draft={guide} change={setGuide} /> : null}
      <TextInput
        label="Title"
        name="title"
        placeholder="Generated if left empty"
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
    </DialogForm>
  )
}

function findFrom(origin: Origin, answers: ReturnType<typeof findAnswers>): From | null {
  if (origin === 'adopt') return { kind: 'adopt' }
  if (origin === 'guided') return answers === null ? null : { kind: 'guided', answers }
  return { kind: 'template', template: origin }
}
