import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactElement } from 'react'

import {
  POLICY,
  POLICY_NAMES,
  type Policy,
  type PolicyName,
  type PolicySection,
} from '../../../shared/domain/policy.ts'
import { query } from '../../data/api.ts'
import { policyTopic } from '../../data/help-topics.ts'
import { HelpLink } from '../../ui/help/help-link.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { parseWords, typedValue, type PolicyValues } from './policy-values.ts'

interface PolicyFieldsProps {
  readonly form: UseFormReturnType<PolicyValues>
  readonly agency: Policy
  /** The agency's own policy: every field is filled. */
  readonly ofAgency: boolean
}

const SECTIONS: Readonly<Record<Exclude<PolicySection, 'names'>, string>> = {
  intervals: 'Rotate every (days)',
  reminders: 'Remind',
  reviewMonths: 'Review every (months)',
  reviews: 'Reviews',
  reading: 'Connections',
  findingDays: 'Findings (days)',
  findingLimits: 'Findings for one organization',
}

/** In a section, fields of the same kind are beside each other. */
const KINDS = ['person', 'leads', 'number', 'flag', 'choice', 'rules']

function fieldsIn(section: string): readonly PolicyName[] {
  const rank = (name: PolicyName): number => KINDS.indexOf(POLICY[name].kind)
  return POLICY_NAMES.filter((name) => POLICY[name].section === section).toSorted((a, b) => rank(a) - rank(b))
}

/** The fields of a policy by section; the pattern of key names is shown separately, with its example. */
export function PolicyFields(props: PolicyFieldsProps): ReactElement {
  return (
    <>
      {Object.entries(SECTIONS).map(([section, legend]) => (
        <fieldset key={section} className="c-fieldset">
          <legend>{legend}</legend>
          <div className="c-columns">
            {fieldsIn(section).map((name) => (
              <PolicyField key={name} {...props} name={name} />
            ))}
          </div>
          {section === 'reviewMonths' ? <p className="c-help">Leavers are reviewed immediately.</p> : null}
        </fieldset>
      ))}
    </>
  )
}

interface PolicyFieldProps extends PolicyFieldsProps {
  readonly name: PolicyName
}

/** A value of the policy, with the link to its paragraph of the guide. */
export function PolicyField(props: PolicyFieldProps): ReactElement {
  const { name } = props
  return (
    <div className="c-with-help">
      <PolicyInput {...props} />
      <HelpLink topic={policyTopic(name)} about={POLICY[name].label} />
    </div>
  )
}

function PolicyInput({ form, agency, ofAgency, name }: PolicyFieldProps): ReactElement {
  const field = POLICY[name]
  const followed = (value: string | number): object => (ofAgency ? {} : { placeholder: `${value} (agency)` })
  const shown = { label: field.label, description: field.description, ...form.getInputProps(name) }
  const value = typedValue(agency[name])
  if (field.kind === 'number')
    return <NumberInput min={field.least} max={field.most} allowDecimal={false} {...followed(value)} {...shown} />
  if (field.kind === 'pattern') return <TextInput classNames={{ input: 'c-mono' }} {...followed(value)} {...shown} />
  if (field.kind === 'leads') return <TextInput {...followed(value)} {...shown} />
  if (field.kind === 'person') {
    const named = ofAgency ? { placeholder: 'None' } : followed(value || 'none')
    return <TextInput maxLength={field.most} {...named} {...shown} />
  }
  if (field.kind === 'rules')
    return (
      <RulesField
        {...followed(value || 'none')}
        label={field.label}
        description={field.description}
        value={parseWords(String(form.values[name]))}
        onChange={(chosen) => form.setFieldValue(name, chosen.join(', '))}
      />
    )
  const choices = Object.entries(field.choices).map(([choice, label]) => ({ value: choice, label }))
  return (
    <Select
      data={choices}
      allowDeselect={false}
      clearable={!ofAgency}
      {...followed(choices.find((choice) => choice.value === value)?.label ?? '')}
      {...shown}
      value={form.values[name] === '' ? null : String(form.values[name])}
      onChange={(chosen) => form.setFieldValue(name, chosen ?? '')}
    />
  )
}

interface RulesFieldProps {
  readonly label: string
  readonly description: string | undefined
  readonly placeholder?: string
  readonly value: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Rules by their titles. */
function RulesField({ value, onChange, ...shown }: RulesFieldProps): ReactElement {
  const rules = useQuery(query.findings.rules.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? []
  return (
    <MultiSelect
      data={rules.map(({ id, title }) => ({ value: id, label: title }))}
      searchable
      clearable
      value={[...value]}
      onChange={onChange}
      {...shown}
    />
  )
}
