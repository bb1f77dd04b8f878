import { policyContract } from '../../../shared/contract/policy.ts'
import { checkKeyNamePattern } from '../../../shared/domain/naming.ts'
import { POLICY_NAMES, type PolicyName, type PolicyOverride } from '../../../shared/domain/policy.ts'
import { parseRule } from '../../register/findings/rules.ts'
import { AGENCY, effectivePolicy, policyValues, toStoredPolicy } from '../../register/clients/policy.ts'
import { findClientId, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation } from '../core/operations.ts'
import { invalid } from '../kit/refusal.ts'
import { previewPolicy } from './preview.ts'

const os = implementArea({ policy: policyContract })

/** The values that are given; one left undefined is not an override. */
function given(values: Readonly<Record<string, unknown>>): PolicyOverride {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as PolicyOverride
}

/** Finds the change of a client's values, so that another person's change of another value stays. */
function findChange(context: Context, clientId: number, values: PolicyOverride) {
  const before = policyValues(getReader(context), clientId) ?? {}
  const isSame = (name: PolicyName): boolean => JSON.stringify(before[name]) === JSON.stringify(values[name])
  const changed = POLICY_NAMES.filter((name) => !isSame(name))
  return {
    values: Object.fromEntries(
      changed.flatMap((name) => (name in values ? [[name, values[name]]] : [])),
    ) as PolicyOverride,
    cleared: changed.filter((name) => !(name in values)),
  }
}

function readId(context: Context, client: string | undefined): number {
  return client === undefined ? AGENCY : findClientId(context, client)
}

/** The values that were given. Throws `Refusal` INVALID for a pattern or a rule that does not exist. */
function checked(input: Readonly<Record<string, unknown>> | null): PolicyOverride | null {
  const values = input === null ? null : given(input)
  if (values?.keyNamePattern !== undefined) {
    const check = checkKeyNamePattern(values.keyNamePattern)
    if (!check.ok)
      throw invalid('keyNamePattern', check.reason, 'Correct the pattern, for example {environment}-{team}-{purpose}.')
  }
  const unknown = values?.quietRules?.find((rule) => parseRule(rule) === undefined)
  if (unknown !== undefined)
    throw invalid(
      'quietRules',
      `There is no rule ${JSON.stringify(unknown)}.`,
      'List the rules: castellan finding rule list.',
    )
  return values
}

export const policyRouter = {
  get: os.policy.get.handler(({ context, input }) => {
    const reader = getReader(context)
    const id = readId(context, input.client)
    return {
      policy: effectivePolicy(reader),
      override: input.client === undefined ? null : policyValues(reader, id),
      effective: effectivePolicy(reader, id),
    }
  }),
  preview: os.policy.preview.handler(({ context, input, signal }) => {
    const owner = readId(context, input.client)
    return previewPolicy(
      context,
      { owner, values: toStoredPolicy(getReader(context), owner, checked(input.values)) },
      signal,
    )
  }),
  set: os.policy.set.handler(({ context, input }) => {
    const id = readId(context, input.client)
    const values = checked(input.values)
    commitOperation(context, {
      kind: 'policy.changed',
      client: input.client ?? null,
      subject: input.client ?? 'agency',
      body: { v: 1, ...(id === AGENCY || values === null ? { values } : findChange(context, id, values)) },
    })
    return { effective: effectivePolicy(getReader(context), id) }
  }),
}
