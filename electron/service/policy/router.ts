import { checkKeyNamePattern } from '../../../shared/domain/naming.ts'
import type { PolicyOverride } from '../../../shared/domain/policy.ts'
import { deriveDue } from '../../register/keys/due.ts'
import { deriveNames } from '../../register/keys/names.ts'
import { attributeAllKeys } from '../../register/usage/attribution.ts'
import { parseRule } from '../../register/findings/rules.ts'
import { AGENCY, effectivePolicy, policyLookup, policyValues, setPolicyValues } from '../../register/clients/policy.ts'
import { findClientId, type Context, commit, getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { invalid } from '../kit/refusal.ts'

/** Keys of the clients that a change of policy affects; 0, the agency's, affects all. */
const REACHED =
  'SELECT k.id FROM key k JOIN connection cn ON cn.id = k.connection_id WHERE k.standing = 1 AND (:client = 0 OR cn.client_id = :client)'

/** What was given; a value left undefined is not an override. */
function given(values: Readonly<Record<string, unknown>>): PolicyOverride {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as PolicyOverride
}

function readId(context: Context, client: string | undefined): number {
  return client === undefined ? AGENCY : findClientId(context, client)
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
  set: os.policy.set.handler(({ context, input }) => {
    const id = readId(context, input.client)
    const values = input.values === null ? null : given(input.values)
    if (values?.keyNamePattern !== undefined) {
      const check = checkKeyNamePattern(values.keyNamePattern)
      if (!check.ok)
        throw invalid(
          'keyNamePattern',
          check.reason,
          'Correct the pattern, for example {environment}-{team}-{purpose}.',
        )
    }
    const unknown = values?.quietRules?.find((rule) => parseRule(rule) === undefined)
    if (unknown !== undefined)
      throw invalid(
        'quietRules',
        `There is no rule ${JSON.stringify(unknown)}.`,
        'List the rules: castellan findings rules.',
      )
    commit(context, ['policy', 'rotation', 'usage'], ({ writer, note }) => {
      const before = policyValues(writer, id)
      setPolicyValues(writer, id, id === AGENCY && values !== null ? { ...before, ...values } : values)
      deriveNames(writer, REACHED, { client: id })
      attributeAllKeys(writer, id)
      deriveDue(writer, policyLookup(writer), REACHED, { client: id })
      note({
        action: 'policy.changed',
        client: input.client ?? null,
        subject: input.client ?? 'agency',
        body: { values: values === null ? null : { ...values } },
      })
    })
    return { effective: effectivePolicy(getReader(context), id) }
  }),
}
