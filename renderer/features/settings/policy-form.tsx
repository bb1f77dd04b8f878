import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { checkKeyNamePattern, parseKeyName } from '../../../shared/domain/naming.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { api, query } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { Failed } from '../../ui/states.tsx'
import { FindingFields } from './finding-fields.tsx'
import { ReviewFields } from './review-fields.tsx'
import { policyInput, policyProblems, policyValuesOf, type PolicyValues, type StoredPolicy } from './policy-values.ts'

interface PolicyFormProps {
  /** Undefined: the agency's policy. */
  readonly client: string | undefined
  readonly agency: Policy
  readonly stored: StoredPolicy
}

const DAYS: readonly (readonly [
  field: 'adminKeyDays' | 'productionKeyDays' | 'otherKeyDays' | 'ceilingDays',
  label: string,
])[] = [
  ['adminKeyDays', 'Admin keys'],
  ['productionKeyDays', 'Production keys'],
  ['otherKeyDays', 'Other keys'],
  ['ceilingDays', 'Ceiling for any interval'],
]

const EXAMPLE_NAME = 'prod-product-backend'

export function PolicyForm({ client, agency, stored }: PolicyFormProps): ReactElement {
  const ofAgency = client === undefined
  const form = useForm<PolicyValues>({
    initialValues: policyValuesOf(stored),
    validate: (values) => policyProblems(values, ofAgency),
    validateInputOnChange: true,
  })
  const set = useMutation(
    query.policy.set.mutationOptions({
      onSuccess: () =>
        notifyDone({
          message: 'Saved the policy; due days and findings were worked out anew',
          undo: () => api.policy.set({ client, values: stored }),
        }),
    }),
  )
  const followed = (value: number | string): { placeholder?: string } =>
    ofAgency ? {} : { placeholder: `${value} (agency)` }
  return (
    <form
      className="c-form c-setting-wide"
      noValidate
      onSubmit={form.onSubmit((values) => set.mutate({ client, values: policyInput(values, ofAgency, stored) }))}
    >
      <p className="c-prose">
        {ofAgency
          ? 'Holds for every client that does not change it.'
          : 'What is left empty follows the agency. A key’s own interval or date still goes before both.'}
      </p>
      <TextInput
        label="Pattern of key names"
        description="Environment, team and purpose are read from names that follow it"
        classNames={{ input: 'c-mono' }}
        {...followed(agency.keyNamePattern)}
        {...form.getInputProps('keyNamePattern')}
      />
      <PatternExample pattern={form.values.keyNamePattern || agency.keyNamePattern} />
      <fieldset className="c-fieldset">
        <legend>Rotate at the latest after, in days</legend>
        <div className="c-columns">
          {DAYS.map(([field, label]) => (
            <NumberInput
              key={field}
              label={label}
              min={1}
              allowDecimal={false}
              {...followed(agency[field])}
              {...form.getInputProps(field)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="c-fieldset">
        <legend>Remind</legend>
        <div className="c-columns">
          <TextInput
            label="Days before the due day"
            description="0 is the day itself"
            {...followed(agency.leadDays.join(', '))}
            {...form.getInputProps('leadDays')}
          />
          <NumberInput
            label="Once overdue, every … days"
            description="Until the key is rotated"
            min={1}
            allowDecimal={false}
            {...followed(agency.overdueEveryDays)}
            {...form.getInputProps('overdueEveryDays')}
          />
        </div>
      </fieldset>
      <ReviewFields form={form} agency={agency} ofAgency={ofAgency} />
      <FindingFields form={form} agency={agency} ofAgency={ofAgency} />
      {set.isError ? <Failed error={set.error} /> : null}
      <Group gap="xs">
        <Button type="submit" loading={set.isPending} disabled={!form.isDirty()}>
          Save the policy
        </Button>
        {!ofAgency && stored !== null ? (
          <Button variant="default" onClick={() => set.mutate({ client, values: null })}>
            Follow the agency again
          </Button>
        ) : null}
      </Group>
    </form>
  )
}

/** What the pattern reads from an example, as it is typed. */
function PatternExample({ pattern }: { readonly pattern: string }): ReactElement | null {
  if (!checkKeyNamePattern(pattern).ok) return null
  const parts = parseKeyName(EXAMPLE_NAME, pattern)
  const read = parts
    ? Object.entries(parts)
        .filter(([, value]) => value !== null)
        .map(([part, value]) => `${part} “${value}”`)
        .join(', ')
    : 'nothing: this name does not follow the pattern'
  return (
    <p className="c-help" aria-live="polite">
      From <span className="c-mono">{EXAMPLE_NAME}</span> it reads {read}.
    </p>
  )
}
