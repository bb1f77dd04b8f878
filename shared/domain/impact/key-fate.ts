import type { Fate, KeyToJudge, Removal } from '../providers/facts.ts'
import { findProvider, providerName } from '../providers/providers.ts'

/**
 * The effect on a key of the removal of its owner, itself or its project, by the provider's rules. If no rule is
 * published, the answer is `unknown`, never a guess.
 */
export function keyFate(key: KeyToJudge, removal: Removal): Fate {
  if (removal === 'key') return { effect: 'dies', because: 'This key itself is removed.' }
  return (
    findProvider(key.provider)?.keyFate?.(key, removal) ?? {
      effect: 'unknown',
      because: `It is not known how ${providerName(key.provider) || 'the provider'} treats it.`,
    }
  )
}
