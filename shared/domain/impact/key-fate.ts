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

/**
 * What becomes of a key when its owner, itself or its project is removed, by the provider's rules. Where no rule is
 * published the answer is `unknown`, never a guess.
 *
 * - OpenAI, a person's key: it may do no more than its owner may ("still subject to the owner's effective permissions",
 *   API reference, update project API key), and the list tells apart keys whose owner lost the project while they are
 *   still enabled (`owner_project_access`, list project API keys).
 * - OpenAI, a service account's keys belong to the account (API reference, delete service account and its keys).
 * - OpenAI, admin keys: nothing is published on the removal of their owner.
 * - OpenAI, archived project: nothing in it can be used, and it cannot be brought back (API reference, archive project).
 * - Anthropic, workspace key: it belongs to the organization and stays as it is when its creator is removed
 *   (administration API, "What happens to API keys when removing a user?"). A key of the organization is bound to the
 *   person or service account that it acts as (API reference, `principal` and `scope` of an API key).
 * - Anthropic, key that Claude Code made at a sign-in: it stops working when its owner is removed (workspaces guide).
 * - Anthropic, archived workspace: every key in it is revoked at once, for good (workspaces guide).
 */
export function keyFate(key: KeyToJudge, removal: Removal): Fate {
  if (removal === 'key') return { effect: 'dies', because: 'It is the key that is removed.' }
  if (key.provider === 'openai') return openAiFate(key, removal)
  if (key.provider === 'anthropic') return anthropicFate(key, removal)
  return {
    effect: 'unknown',
    because: `It is not known what ${providerName(key.provider) || 'the provider'} does with it.`,
  }
}

function openAiFate({ kind, ownerAccess }: KeyToJudge, removal: Removal): Fate {
  if (removal === 'project') {
    return { effect: 'dies', because: 'OpenAI: nothing in an archived project can be used, and it stays archived.' }
  }
  if (removal === 'service-account') {
    return { effect: 'dies', because: 'OpenAI: the keys of a service account go with it.' }
  }
  if (kind === 'admin') {
    return { effect: 'unknown', because: 'OpenAI does not say what becomes of an admin key whose owner is removed.' }
  }
  if (kind === 'unknown') {
    return { effect: 'unknown', because: 'Whether it is an admin key or a project’s was not read.' }
  }
  if (ownerAccess === 'inactive') {
    return {
      effect: 'unknown',
      because:
        'OpenAI lists it as enabled although its owner has lost the project already; removing them changes nothing.',
    }
  }
  return {
    effect: 'dies',
    because:
      'OpenAI: a person’s key may do no more than its owner may. It stays listed, and works again if they come back.',
  }
}

function anthropicFate({ kind, ownerKind, tool }: KeyToJudge, removal: Removal): Fate {
  if (removal === 'project') {
    return { effect: 'dies', because: 'Anthropic: archiving a workspace revokes every key in it, for good.' }
  }
  if (typeof tool === 'string') {
    return { effect: 'dies', because: `Anthropic: a key of ${tool} ends when its owner leaves the workspace.` }
  }
  if (kind === 'organization') {
    return { effect: 'dies', because: 'Anthropic: a key of the organization acts as its owner.' }
  }
  if (kind === 'admin') {
    return { effect: 'unknown', because: 'Anthropic does not say what becomes of an admin key whose maker is removed.' }
  }
  if (ownerKind === 'service-account') {
    return { effect: 'unknown', because: 'Anthropic: whether the key acts as the service account is not recorded.' }
  }
  return { effect: 'stays', because: 'Anthropic: a workspace key belongs to the workspace and outlives its maker.' }
}
