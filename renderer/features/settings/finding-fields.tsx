import { NumberInput, Select } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactElement } from 'react'

import type { Policy } from '../../../shared/domain/policy.ts'
import type { NUMBER_FIELDS, PolicyValues } from './policy-values.ts'

interface FindingFieldsProps {
  readonly form: UseFormReturnType<PolicyValues>
  readonly agency: Policy
  /** The agency's own policy: every field is filled. */
  readonly ofAgency: boolean
}

const NUMBERS: readonly (readonly [field: (typeof NUMBER_FIELDS)[number], label: string])[] = [
  ['unusedFlagDays', 'Key unused, flag after'],
  ['unusedRemoveDays', 'Key unused, remove after'],
  ['neverUsedDays', 'Key never used after'],
  ['expiryNoticeDays', 'Admin key expires within'],
  ['staleInviteDays', 'Invite not taken up after'],
  ['staleSyncDays', 'Connection not read for'],
  ['limitChangeDays', 'Show a changed limit for'],
  ['memberUnusedDays', 'Member or admin unused after'],
  ['idleProjectDays', 'Project idle after'],
]

const COUNTS: readonly (readonly [field: (typeof NUMBER_FIELDS)[number], label: string])[] = [
  ['maxPrivileged', 'Most owners and admins'],
  ['maxAdminKeys', 'Most admin keys'],
  ['contractorMaxProjects', 'Most projects of a contractor'],
]

const EXPIRE = [
  { value: 'yes', label: 'Have to expire' },
  { value: 'no', label: 'May live on' },
]

const SPEND = [
  { value: 'none', label: 'Not wanted' },
  { value: 'organization', label: 'For the organization' },
  { value: 'project', label: 'For each project too' },
]

/** From when on something counts as a finding. */
export function FindingFields({ form, agency, ofAgency }: FindingFieldsProps): ReactElement {
  const followed = (value: string | number | undefined): { placeholder?: string } =>
    ofAgency ? {} : { placeholder: `${value ?? ''} (agency)` }
  const numbers = (fields: typeof NUMBERS): ReactElement[] =>
    fields.map(([field, label]) => (
      <NumberInput
        key={field}
        label={label}
        min={1}
        allowDecimal={false}
        {...followed(agency[field])}
        {...form.getInputProps(field)}
      />
    ))
  const labelOf = (choices: typeof SPEND, value: string): string | undefined =>
    choices.find((choice) => choice.value === value)?.label
  return (
    <>
      <fieldset className="c-fieldset">
        <legend>Findings, in days</legend>
        <div className="c-columns">{numbers(NUMBERS)}</div>
      </fieldset>
      <fieldset className="c-fieldset">
        <legend>Findings, of one organization</legend>
        <div className="c-columns">
          {numbers(COUNTS)}
          <Select
            label="Production keys"
            data={EXPIRE}
            allowDeselect={false}
            clearable={!ofAgency}
            {...followed(labelOf(EXPIRE, agency.productionKeysExpire ? 'yes' : 'no'))}
            {...form.getInputProps('productionKeysExpire')}
            value={form.values.productionKeysExpire === '' ? null : form.values.productionKeysExpire}
            onChange={(value) =>
              form.setFieldValue('productionKeysExpire', (value ?? '') as PolicyValues['productionKeysExpire'])
            }
          />
          <Select
            label="Spend limit or alert"
            data={SPEND}
            allowDeselect={false}
            clearable={!ofAgency}
            {...followed(labelOf(SPEND, agency.spendControl))}
            {...form.getInputProps('spendControl')}
            value={form.values.spendControl === '' ? null : form.values.spendControl}
            onChange={(value) => form.setFieldValue('spendControl', (value ?? '') as PolicyValues['spendControl'])}
          />
        </div>
      </fieldset>
    </>
  )
}
