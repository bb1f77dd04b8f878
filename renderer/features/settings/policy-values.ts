import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { checkKeyNamePattern } from '../../../shared/domain/naming.ts'
import {
  mapPolicy,
  MOST_LEADS,
  POLICY,
  POLICY_NAMES,
  type Policy,
  type PolicyName,
} from '../../../shared/domain/policy.ts'

/** The stored policy of the agency or a client; null: the client changes nothing. */
export type StoredPolicy = Outputs['policy']['get']['override']

export type PolicyInput = NonNullable<Inputs['policy']['set']['values']>

/**
 * A value in the form: a list as numbers with commas or spaces between. Empty means, for a client, the agency's value;
 * for the agency, a mistake, or no person.
 */
type FormValue<T> = T extends number
  ? number | ''
  : T extends boolean
    ? 'yes' | 'no' | ''
    : T extends string
      ? T | ''
      : string

export type PolicyValues = { [N in PolicyName]: FormValue<Policy[N]> }

export function toPolicyValues(policy: StoredPolicy): PolicyValues {
  return mapPolicy((name) => typedValue(policy?.[name])) as PolicyValues
}

/** A value as the form holds it; empty for none. */
export function typedValue(value: Policy[PolicyName] | undefined): string | number {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join(', ') : (value ?? '')
}

/** The mistakes in the values, by field. `whole`: every field has to be filled (the agency's policy). */
export function policyProblems(values: PolicyValues, whole: boolean): Partial<Record<PolicyName, string>> {
  const problems = POLICY_NAMES.map((name) => [name, problemWith(name, values[name], whole)] as const)
  return Object.fromEntries(problems.filter(([, problem]) => problem !== null))
}

function problemWith(name: PolicyName, typed: string | number, whole: boolean): string | null {
  const field = POLICY[name]
  if (typed === '' && !whole) return null
  if (field.kind === 'leads') return leadProblem(parseWords(String(typed)), field.most, whole)
  if (field.kind === 'person' || field.kind === 'rules') return null
  if (field.kind === 'pattern') {
    const check = checkKeyNamePattern(String(typed))
    return check.ok ? null : check.reason
  }
  if (field.kind !== 'number') return typed === '' ? 'Choose one' : null
  const { least, most, unit } = field
  if (typed === '') return unit === '' ? 'Enter a number' : `Enter a number of${unit}`
  const fits = Number.isInteger(typed) && Number(typed) >= least && Number(typed) <= most
  return fits ? null : `From ${least} to ${most}${unit}`
}

function leadProblem(words: readonly string[], most: number, whole: boolean): string | null {
  const wrong = words.find((word) => !/^\d{1,3}$/u.test(word) || Number(word) > most)
  if (wrong !== undefined) return `“${wrong}” is not a number of days from 0 to ${most}`
  if (words.length > MOST_LEADS) return `At most ${MOST_LEADS} reminders before the due day`
  return words.length === 0 && whole ? 'Enter at least one number of days' : null
}

/**
 * The filled fields as input of the contract, with the `stored` ones that the form does not show; null when there are
 * none. `whole`: the agency's policy, in which a person may be left out.
 */
export function policyInput(values: PolicyValues, whole: boolean, stored: StoredPolicy): PolicyInput | null {
  const unseen = Object.entries(stored ?? {}).filter(([field]) => !Object.hasOwn(values, field))
  const given = POLICY_NAMES.map((name) => [name, givenValue(name, values[name], whole)] as const)
  const input = [...unseen, ...given.filter(([, value]) => value !== undefined)]
  return input.length === 0 ? null : (Object.fromEntries(input) as PolicyInput)
}

/** The value that was typed; undefined for none. */
function givenValue(name: PolicyName, typed: string | number, whole: boolean): Policy[PolicyName] | undefined {
  const { kind } = POLICY[name]
  if (kind === 'leads') {
    const leads = parseWords(String(typed)).map(Number)
    return leads.length === 0 ? undefined : [...new Set(leads)].sort((a, b) => b - a)
  }
  if (kind === 'rules') return typed === '' && !whole ? undefined : parseWords(String(typed))
  const value = kind === 'person' ? String(typed).trim() : typed
  if (value === '') return kind === 'person' && whole ? '' : undefined
  return kind === 'flag' ? value === 'yes' : value
}

/** The words of a list as it was typed. */
export function parseWords(typed: string): readonly string[] {
  return typed.split(/[\s,;]+/u).filter((word) => word !== '')
}
