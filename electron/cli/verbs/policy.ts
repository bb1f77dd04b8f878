import type { Outputs } from '../../../shared/contract/contract.ts'
import { policySchema } from '../../../shared/contract/policy.ts'
import {
  POLICY,
  POLICY_NAMES,
  type Policy,
  type PolicyName,
  type PolicyOverride,
} from '../../../shared/domain/policy.ts'
import { type Field, once } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

interface Rule {
  readonly name: PolicyName
  readonly value: Policy[PolicyName]
  readonly source: 'agency' | 'client'
  readonly agency: Policy[PolicyName]
}

const FIELDS: readonly Field<Rule>[] = [
  { key: 'name', json: (row) => row.name, column: { title: 'Rule' } },
  { key: 'value', json: (row) => toText(row.value), column: { title: 'Value', flexible: true } },
  { key: 'source', json: (row) => row.source, column: { title: 'Set by' } },
  { key: 'agency', json: (row) => toText(row.agency), column: { title: 'Agency', flexible: true } },
]

export const define: DefineVerb = (command, act) => {
  const show = command
    .command('show')
    .description('Show the policy of the agency, or with --client the rules that apply to one client and why.')
    .about({ calls: 'policy.get', example: ['', '--client acme'] })
  show.prints(FIELDS)
  act<object, []>(show, async (run) => {
    await print(run, await run.withApi('read', (api) => api.policy.get(readScope(run))))
  })

  const set = command
    .command('set')
    .description('Set rules of the policy of the agency, or with --client of one client. Due days follow.')
    .about({ calls: 'policy.set', example: ['productionKeyDays=60', 'otherKeyDays= --client acme'] })
    .argument(
      '<rules...>',
      'each as NAME=VALUE; a list of days as 30,14,7; for a client NAME= follows the agency again',
    )
    .addHelpText('after', `\nRules: ${POLICY_NAMES.join(', ')}`)
  set.prints(FIELDS)
  act<object, [readonly string[]]>(set, async (run, _options, rules) => {
    const given = rules.map((rule) => parseRule(run, rule))
    const result = await run.withApi('write', async (api) => {
      const before = (await api.policy.get(readScope(run))).override ?? {}
      const values: PolicyOverride = Object.fromEntries(
        Object.entries({ ...before, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
      )
      const isEmpty = Object.keys(values).length === 0
      await api.policy.set({ ...readScope(run), values: isEmpty ? null : values })
      return api.policy.get(readScope(run))
    })
    await print(run, result)
    return EXIT.done
  })
}

/**
 * A rule as `NAME=VALUE` gives it; null follows the agency. Throws `Misuse` for an unknown name or an invalid value.
 */
function parseRule(run: Run, text: string): readonly [PolicyName, unknown] {
  const at = text.indexOf('=')
  const name = POLICY_NAMES.find((each) => each === text.slice(0, at))
  if (name === undefined)
    throw new Misuse(`${shown(text)} is not a rule as NAME=VALUE.`, `Rules: ${POLICY_NAMES.join(', ')}.`)
  const word = text.slice(at + 1).trim()
  if (word === '' && run.client !== undefined) return [name, null]
  const read = policySchema.shape[name].safeParse(valueOf(name, word))
  if (read.success) return [name, read.data]
  throw new Misuse(
    `${shown(word)} is not a value of ${name}.`,
    `${read.error.issues[0]?.message ?? ''} See: castellan policy show`.trim(),
  )
}

const YES: ReadonlySet<string> = new Set(['yes', 'true', 'on'])
const NO: ReadonlySet<string> = new Set(['no', 'false', 'off'])

/** The value of a word, by the shape of its rule. */
function valueOf(name: PolicyName, word: string): unknown {
  const { kind } = POLICY[name]
  const number = (part: string): number => (/^\d{1,9}$/u.test(part.trim()) ? Number(part) : Number.NaN)
  if (kind === 'leads') return word.split(',').map(number)
  if (kind === 'rules') return word === '' ? [] : word.split(',').map((part) => part.trim())
  if (kind === 'number') return number(word)
  if (kind === 'flag') return YES.has(word.toLowerCase()) || (NO.has(word.toLowerCase()) ? false : word)
  return word
}

function toText(value: Policy[PolicyName]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(',') : String(value)
}

async function print(run: Run, { policy, override, effective }: Outputs['policy']['get']): Promise<void> {
  const rows = POLICY_NAMES.map((name) => ({
    name,
    value: effective[name],
    source: override !== null && name in override ? ('client' as const) : ('agency' as const),
    agency: policy[name],
  }))
  await printListing<Rule>(run, { fields: FIELDS, empty: '' }, once(rows))
}
