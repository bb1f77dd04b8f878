<<<<<<< HEAD
import type { Fate, KeyToJudge, Removal } from '../providers/facts.ts'
import { findProvider, providerName } from '../providers/providers.ts'
=======
import type { KeyKind, OwnerKind } from '../facts.ts'
import { providerName } from '../provider.ts'

/** What is taken away at the provider. `member`: somebody's place in the organization. `project`: it is archived. */
export type Removal = 'member' | 'service-account' | 'key' | 'project'

export interface KeyToJudge {
  readonly provider: string
  readonly kind: KeyKind
  /** The tool that made it for its owner, such as Claude Code. */
  readonly tool?: string | null
  readonly ownerKind: OwnerKind | null
  /** OpenAI: whether the owner still reaches the project. */
  readonly ownerAccess: 'active' | 'inactive' | null
}

/** What happens to a thing when something is removed at the provider, most pressing first. */
export const IMPACT_EFFECTS = ['dies', 'unknown', 'stays'] as const
export type ImpactEffect = (typeof IMPACT_EFFECTS)[number]

export interface Fate {
  readonly effect: ImpactEffect
  /** The rule in a sentence, with the provider's name. */
  readonly because: string
}
>>>>>>> wt-domain

/**
 * What becomes of a key when its owner, itself or its project is removed, by the provider's rules. Where no rule is
 * published the answer is `unknown`, never a guess.
 */
export function keyFate(key: KeyToJudge, removal: Removal): Fate {
  if (removal === 'key') return { effect: 'dies', because: 'It is the key that is removed.' }
  return (
    findProvider(key.provider)?.keyFate?.(key, removal) ?? {
      effect: 'unknown',
      because: `It is not known what ${providerName(key.provider) || 'the provider'} does with it.`,
    }
  )
}
