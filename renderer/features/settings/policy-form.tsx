import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { checkKeyNamePattern, parseKeyName } from '../../../shared/domain/naming.ts'
import { api } from '../../data/api.ts'
import type { FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Failed } from '../../ui/states.tsx'
import { PolicyField, PolicyFields } from './policy-fields.tsx'
import { PolicyPreview } from './policy-preview.tsx'
import { policyInput, policyProblems, toPolicyValues, type PolicyValues } from './policy-values.ts'

interface PolicyFormProps {
  /** Undefined: the agency's policy. */
  readonly client: string | undefined
  readonly edited: FormStart<Outputs['policy']['get']>
}

const EXAMPLE_NAME = 'prod-product-backend'

export function PolicyForm({ client, edited }: PolicyFormProps): ReactElement {
  const { began, setTyped, check } = edited
  const ofAgency = client === undefined
  const agency = began.policy
  const stored = ofAgency ? began.policy : began.override
  const form = useForm<PolicyValues>({
    initialValues: toPolicyValues(stored),
    validate: (values) => policyProblems(values, ofAgency),
    validateInputOnChange: true,
  })
  useTyped(form.isDirty(), setTyped)
  const set = useMutation({
    mutationFn: async (values: Inputs['policy']['set']['values']) => {
      await check()
      return api.policy.set({ client, values })
    },
    onSuccess: () => {
      setTyped(false)
      notifyDone({
        message: 'Policy saved. Due dates and findings updated',
        undo: () => api.policy.set({ client, values: stored }),
      })
    },
  })
  const fields = { form, agency, ofAgency }
  return (
    <form
      className="c-form c-setting-wide"
      noValidate
      onSubmit={form.onSubmit((values) => set.mutate(policyInput(values, ofAgency, stored)))}
    >
      <p className="c-prose">
        {ofAgency
          ? 'Default for all clients.'
          : 'Empty fields follow the agency. A key’s own interval or date overrides both.'}
      </p>
      <PolicyField {...fields} name="keyNamePattern" />
      <PatternExample pattern={form.values.keyNamePattern || agency.keyNamePattern} />
      <PolicyFields {...fields} />
      <PolicyPreview
        client={client}
        values={policyInput(form.values, ofAgency, stored)}
        disabled={!form.isDirty() || Object.keys(policyProblems(form.values, ofAgency)).length > 0}
      />
      {set.isError ? <Failed error={set.error} /> : null}
      <Group gap="xs">
        <Button type="submit" loading={set.isPending} disabled={!form.isDirty()}>
          Save policy
        </Button>
        {!ofAgency && stored !== null ? (
          <Button variant="default" onClick={() => set.mutate(null)}>
            Reset to the agency’s policy
          </Button>
        ) : null}
      </Group>
    </form>
  )
}

/** The parts that the pattern reads from an example, as it is typed. */
function PatternExample({ pattern }: { readonly pattern: string }): ReactElement | null {
  if (!checkKeyNamePattern(pattern).ok) return null
  const parts = parseKeyName(EXAMPLE_NAME, pattern)
  const read = parts
    ? Object.entries(parts)
        .filter(([, value]) => value !== null)
        .map(([part, value]) => `${part} “${value}”`)
        .join(', ')
    : 'nothing: this name does not match the pattern'
  return (
    <p className="c-help" aria-live="polite">
      From <span className="c-mono">{EXAMPLE_NAME}</span> it reads {read}.
    </p>
  )
}
