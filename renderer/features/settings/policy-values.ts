import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { checkKeyNamePattern } from '../../../shared/domain/naming.ts'

/** What is stored for the agency or a client; null: a client that changes nothing. */
export type StoredPolicy = Outputs['policy']['get']['override']

export type PolicyInput = NonNullable<Inputs['policy']['set']['values']>

/** What the form holds. Empty: for a client, the agency's value; for the agency, a mistake. */
export interface PolicyValues {
  keyNamePattern: string
  adminKeyDays: number | ''
  productionKeyDays: number | ''
  otherKeyDays: number | ''
  ceilingDays: number | ''
  /** Numbers with commas or spaces between. */
  leadDays: string
  overdueEveryDays: number | ''
}

export const DAY_FIELDS = [
  'adminKeyDays',
  'productionKeyDays',
  'otherKeyDays',
  'ceilingDays',
  'overdueEveryDays',
] as const

type DayField = (typeof DAY_FIELDS)[number]

/** The longest that the contract takes, by field. */
const LONGEST: Readonly<Record<DayField, number>> = {
  adminKeyDays: 3650,
  productionKeyDays: 3650,
  otherKeyDays: 3650,
  ceilingDays: 3650,
  overdueEveryDays: 90,
}

export function policyValuesOf(policy: StoredPolicy): PolicyValues {
  return {
    keyNamePattern: policy?.keyNamePattern ?? '',
    adminKeyDays: policy?.adminKeyDays ?? '',
    productionKeyDays: policy?.productionKeyDays ?? '',
    otherKeyDays: policy?.otherKeyDays ?? '',
    ceilingDays: policy?.ceilingDays ?? '',
    leadDays: (policy?.leadDays ?? []).join(', '),
    overdueEveryDays: policy?.overdueEveryDays ?? '',
  }
}

type Problems = Partial<Record<keyof PolicyValues, string>>

/** What is wrong with the values, by field. `whole`: every field has to be filled (the agency's policy). */
export function policyProblems(values: PolicyValues, whole: boolean): Problems {
  const problems: Problems = {}
  if (values.keyNamePattern !== '' || whole) {
    const check = checkKeyNamePattern(values.keyNamePattern)
    if (!check.ok) problems.keyNamePattern = check.reason
  }
  for (const field of DAY_FIELDS) {
    const days = values[field]
    if (days === '') {
      if (whole) problems[field] = 'Give a number of days'
    } else if (!Number.isInteger(days) || days < 1 || days > LONGEST[field]) {
      problems[field] = `From 1 to ${LONGEST[field]} days`
    }
  }
  const leads = wordsOf(values.leadDays)
  const wrong = leads.find((word) => !/^\d{1,3}$/u.test(word) || Number(word) > 365)
  if (wrong !== undefined) problems.leadDays = `“${wrong}” is not a number of days from 0 to 365`
  else if (leads.length > 12) problems.leadDays = 'At most 12 reminders before the due day'
  else if (leads.length === 0 && whole) problems.leadDays = 'Name at least one number of days'
  return problems
}

/** The fields that are filled, as the contract takes them; null when none is. */
export function policyInput(values: PolicyValues): PolicyInput | null {
  const input: PolicyInput = {}
  if (values.keyNamePattern !== '') input.keyNamePattern = values.keyNamePattern
  for (const field of DAY_FIELDS) {
    const days = values[field]
    if (days !== '') input[field] = days
  }
  const leads = wordsOf(values.leadDays).map(Number)
  if (leads.length > 0) input.leadDays = [...new Set(leads)].sort((a, b) => b - a)
  return Object.keys(input).length === 0 ? null : input
}

function wordsOf(typed: string): readonly string[] {
  return typed.split(/[\s,;]+/u).filter((word) => word !== '')
}
