import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { checkKeyNamePattern } from '../../../shared/domain/naming.ts'
import type { SpendControl } from '../../../shared/domain/policy.ts'

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
  unusedFlagDays: number | ''
  unusedRemoveDays: number | ''
  neverUsedDays: number | ''
  expiryNoticeDays: number | ''
  maxPrivileged: number | ''
  maxAdminKeys: number | ''
  staleInviteDays: number | ''
  staleSyncDays: number | ''
  limitChangeDays: number | ''
  productionKeysExpire: 'yes' | 'no' | ''
  spendControl: SpendControl | ''
}

export const NUMBER_FIELDS = [
  'adminKeyDays',
  'productionKeyDays',
  'otherKeyDays',
  'ceilingDays',
  'overdueEveryDays',
  'unusedFlagDays',
  'unusedRemoveDays',
  'neverUsedDays',
  'expiryNoticeDays',
  'maxPrivileged',
  'maxAdminKeys',
  'staleInviteDays',
  'staleSyncDays',
  'limitChangeDays',
] as const

type NumberField = (typeof NUMBER_FIELDS)[number]

/** The most that the contract takes, by field; what is not named here takes ten years of days. */
const MOST: Readonly<Partial<Record<NumberField, number>>> = {
  overdueEveryDays: 90,
  maxPrivileged: 1000,
  maxAdminKeys: 1000,
}

const TEN_YEARS = 3650

export function policyValuesOf(policy: StoredPolicy): PolicyValues {
  return {
    keyNamePattern: policy?.keyNamePattern ?? '',
    adminKeyDays: policy?.adminKeyDays ?? '',
    productionKeyDays: policy?.productionKeyDays ?? '',
    otherKeyDays: policy?.otherKeyDays ?? '',
    ceilingDays: policy?.ceilingDays ?? '',
    leadDays: (policy?.leadDays ?? []).join(', '),
    overdueEveryDays: policy?.overdueEveryDays ?? '',
    unusedFlagDays: policy?.unusedFlagDays ?? '',
    unusedRemoveDays: policy?.unusedRemoveDays ?? '',
    neverUsedDays: policy?.neverUsedDays ?? '',
    expiryNoticeDays: policy?.expiryNoticeDays ?? '',
    maxPrivileged: policy?.maxPrivileged ?? '',
    maxAdminKeys: policy?.maxAdminKeys ?? '',
    staleInviteDays: policy?.staleInviteDays ?? '',
    staleSyncDays: policy?.staleSyncDays ?? '',
    limitChangeDays: policy?.limitChangeDays ?? '',
    productionKeysExpire: policy?.productionKeysExpire === undefined ? '' : policy.productionKeysExpire ? 'yes' : 'no',
    spendControl: policy?.spendControl ?? '',
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
  for (const field of NUMBER_FIELDS) {
    const number = values[field]
    const most = MOST[field] ?? TEN_YEARS
    const unit = field.endsWith('Days') ? ' days' : ''
    if (number === '') {
      if (whole) problems[field] = unit === '' ? 'Give a number' : 'Give a number of days'
    } else if (!Number.isInteger(number) || number < 1 || number > most) {
      problems[field] = `From 1 to ${most}${unit}`
    }
  }
  if (whole && values.productionKeysExpire === '') problems.productionKeysExpire = 'Choose one'
  if (whole && values.spendControl === '') problems.spendControl = 'Choose one'
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
  for (const field of NUMBER_FIELDS) {
    const number = values[field]
    if (number !== '') input[field] = number
  }
  if (values.productionKeysExpire !== '') input.productionKeysExpire = values.productionKeysExpire === 'yes'
  if (values.spendControl !== '') input.spendControl = values.spendControl
  const leads = wordsOf(values.leadDays).map(Number)
  if (leads.length > 0) input.leadDays = [...new Set(leads)].sort((a, b) => b - a)
  return Object.keys(input).length === 0 ? null : input
}

function wordsOf(typed: string): readonly string[] {
  return typed.split(/[\s,;]+/u).filter((word) => word !== '')
}
