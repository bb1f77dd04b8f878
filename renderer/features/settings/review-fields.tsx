import { NumberInput, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactElement } from 'react'

import type { Policy } from '../../../shared/domain/policy.ts'
import type { PolicyValues } from './policy-values.ts'

interface ReviewFieldsProps {
  readonly form: UseFormReturnType<PolicyValues>
  readonly agency: Policy
  /** The agency's own policy: it names what every client follows. */
  readonly ofAgency: boolean
}

const MONTHS = [
  ['reviewAdminsMonths', 'Administrators'],
  ['reviewKeysMonths', 'Keys'],
  ['reviewRolesMonths', 'Roles'],
  ['reviewMembershipMonths', 'Project membership'],
] as const

const PEOPLE = [
  ['reviewer', 'Reviewer', 'Who decides and signs'],
  ['acknowledger', 'Acknowledged by', 'Somebody else'],
] as const

/** How often access is reviewed, when to remind, and who does it. */
export function ReviewFields({ form, agency, ofAgency }: ReviewFieldsProps): ReactElement {
  const followed = (value: number | string): { placeholder?: string } =>
    ofAgency ? {} : { placeholder: `${value} (agency)` }
  return (
    <>
      <fieldset className="c-fieldset">
        <legend>Review every … months</legend>
        <div className="c-columns">
          {MONTHS.map(([field, label]) => (
            <NumberInput
              key={field}
              label={label}
              min={1}
              max={24}
              allowDecimal={false}
              {...followed(agency[field])}
              {...form.getInputProps(field)}
            />
          ))}
        </div>
        <p className="c-help">Departed people are reviewed at once.</p>
      </fieldset>
      <fieldset className="c-fieldset">
        <legend>Reviews</legend>
        <div className="c-columns">
          {PEOPLE.map(([field, label, description]) => (
            <TextInput
              key={field}
              label={label}
              description={description}
              maxLength={200}
              {...(ofAgency ? { placeholder: 'Nobody named' } : followed(agency[field] || 'nobody'))}
              {...form.getInputProps(field)}
            />
          ))}
          <TextInput
            label="Remind, days before"
            description="0 is the due day itself"
            {...followed(agency.reviewLeadDays.join(', '))}
            {...form.getInputProps('reviewLeadDays')}
          />
        </div>
      </fieldset>
    </>
  )
}
