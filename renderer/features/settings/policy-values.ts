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
  memberUnusedDays: number | ''
  idleProjectDays: number | ''
  contractorMaxProjects: number | ''
  reviewAdminsMonths: number | ''
  reviewKeysMonths: number | ''
  reviewRolesMonths: number | ''
  reviewMembershipMonths: number | ''
  productionKeysExpire: 'yes' | 'no' | ''
  spendControl: SpendControl | ''
  /** Numbers with commas or spaces between. */
  reviewLeadDays: string
  /** Names; for the agency, empty where nobody is named. */
  reviewer: string
  acknowledger: string
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
  'memberUnusedDays',
  'idleProjectDays',
  'contractorMaxProjects',
  'reviewAdminsMonths',
  'reviewKeysMonths',
  'reviewRolesMonths',
  'reviewMembershipMonths',
] as const

/** Lists of days before a due day, with the furthest that the contract takes. */
const LEADS = { leadDays: 365, reviewLeadDays: 90 } as const

const LEAD_FIELDS = ['leadDays', 'reviewLeadDays'] as const

const NAMES = ['reviewer', 'acknowledger'] as const

type NumberField = (typeof NUMBER_FIELDS)[number]

/** The most that the contract takes, by field; what is not named here takes ten years of days. */
const MOST: Readonly<Partial<Record<NumberField, number>>> = {
  overdueEveryDays: 90,
  maxPrivileged: 1000,
  maxAdminKeys: 1000,
  contractorMaxProjects: 1000,
  reviewAdminsMonths: 24,
  reviewKeysMonths: 24,
  reviewRolesMonths: 24,
  reviewMembershipMonths: 24,
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
    memberUnusedDays: policy?.memberUnusedDays ?? '',
    idleProjectDays: policy?.idleProjectDays ?? '',
    contractorMaxProjects: policy?.contractorMaxProjects ?? '',
    reviewAdminsMonths: policy?.reviewAdminsMonths ?? '',
    reviewKeysMonths: policy?.reviewKeysMonths ?? '',
    reviewRolesMonths: policy?.reviewRolesMonths ?? '',
    reviewMembershipMonths: policy?.reviewMembershipMonths ?? '',
    reviewLeadDays: (policy?.reviewLeadDays ?? []).join(', '),
    reviewer: policy?.reviewer ?? '',
    acknowledger: policy?.acknowledger ?? '',
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
    const unit = unitOf(field)
    if (number === '') {
      if (whole) problems[field] = unit === '' ? 'Give a number' : `Give a number of${unit}`
    } else if (!Number.isInteger(number) || number < 1 || number > most) {
      problems[field] = `From 1 to ${most}${unit}`
    }
  }
  if (whole && values.productionKeysExpire === '') problems.productionKeysExpire = 'Choose one'
  if (whole && values.spendControl === '') problems.spendControl = 'Choose one'
  for (const field of LEAD_FIELDS) {
    const problem = leadProblem(wordsOf(values[field]), LEADS[field], whole)
    if (problem !== null) problems[field] = problem
  }
  return problems
}

function unitOf(field: NumberField): '' | ' days' | ' months' {
  if (field.endsWith('Months')) return ' months'
  return field.endsWith('Days') ? ' days' : ''
}

function leadProblem(words: readonly string[], most: number, whole: boolean): string | null {
  const wrong = words.find((word) => !/^\d{1,3}$/u.test(word) || Number(word) > most)
  if (wrong !== undefined) return `“${wrong}” is not a number of days from 0 to ${most}`
  if (words.length > 12) return 'At most 12 reminders before the due day'
  return words.length === 0 && whole ? 'Name at least one number of days' : null
}

/**
 * The fields that are filled, as the contract takes them, with those of `stored` that the form does not show; null when there
 * are none. `whole`: the agency's policy, in which nobody may be named.
 */
export function policyInput(values: PolicyValues, whole: boolean, stored: StoredPolicy): PolicyInput | null {
  const input: PolicyInput = Object.fromEntries(
    Object.entries(stored ?? {}).filter(([field]) => !Object.hasOwn(values, field)),
  )
  if (values.keyNamePattern !== '') input.keyNamePattern = values.keyNamePattern
  for (const field of NUMBER_FIELDS) {
    const number = values[field]
    if (number !== '') input[field] = number
  }
  if (values.productionKeysExpire !== '') input.productionKeysExpire = values.productionKeysExpire === 'yes'
  if (values.spendControl !== '') input.spendControl = values.spendControl
  for (const field of LEAD_FIELDS) {
    const leads = wordsOf(values[field]).map(Number)
    if (leads.length > 0) input[field] = [...new Set(leads)].sort((a, b) => b - a)
  }
  for (const field of NAMES) {
    const name = values[field].trim()
    if (name !== '' || whole) input[field] = name
  }
  return Object.keys(input).length === 0 ? null : input
}

function wordsOf(typed: string): readonly string[] {
  return typed.split(/[\s,;]+/u).filter((word) => word !== '')
}
