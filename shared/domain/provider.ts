/** Providers whose API Castellan calls. */
export const CALLED_PROVIDER_IDS = ['openai', 'anthropic', 'openrouter'] as const

/**
 * Providers that Castellan knows by name. A connection may carry any word; these have facts below. `file` stands for any
 * platform: what its connection reads is a file that somebody makes from the platform.
 */
export const PROVIDER_IDS = [...CALLED_PROVIDER_IDS, 'file'] as const

export type ProviderId = (typeof PROVIDER_IDS)[number]

export interface ProviderFacts {
  readonly id: ProviderId
  /** As the vendor writes it. */
  readonly name: string
  /** The vendor's word for a project. */
  readonly projectWord: string
  readonly defaultBaseUrl: string
  /** Prefix of an admin key; empty for `file`, which needs none. What else may open the admin API is in `credential.ts`. */
  readonly adminPrefix: string
  /** Whether the provider's API reports when a person last used it. What is known of a key, the key itself says. */
  readonly reportsPersonUse: boolean
  /**
   * Whether a key of a project belongs to the project, so that the person whom the API names only made it (Anthropic
   * administration API, "What happens to API keys when removing a user?"; OpenRouter management API, `creator_user_id`).
   */
  readonly projectKeysNameMaker: boolean
}

const FACTS: Readonly<Record<ProviderId, ProviderFacts>> = {
  openai: {
    id: 'openai',
    name: 'OpenAI',
    projectWord: 'project',
    defaultBaseUrl: 'https://api.openai.com/v1',
    adminPrefix: 'sk-admin-',
    reportsPersonUse: true,
    projectKeysNameMaker: false,
  },
  anthropic: {
    id: 'anthropic',
    name: 'Anthropic',
    projectWord: 'workspace',
    defaultBaseUrl: 'https://api.anthropic.com',
    adminPrefix: 'sk-ant-admin01-',
    reportsPersonUse: false,
    projectKeysNameMaker: true,
  },
  openrouter: {
    id: 'openrouter',
    name: 'OpenRouter',
    projectWord: 'workspace',
    defaultBaseUrl: 'https://openrouter.ai/api/v1',
    // Keys that only call models begin with the same; a test of the connection tells them apart.
    adminPrefix: 'sk-or-v1-',
    reportsPersonUse: false,
    projectKeysNameMaker: true,
  },
  file: {
    id: 'file',
    name: 'File',
    projectWord: 'project',
    defaultBaseUrl: '',
    adminPrefix: '',
    reportsPersonUse: false,
    projectKeysNameMaker: false,
  },
}

export function isProviderId(text: string): text is ProviderId {
  return (PROVIDER_IDS as readonly string[]).includes(text)
}

export function providerFacts(id: ProviderId): ProviderFacts {
  return FACTS[id]
}

/** The vendor's name, or the word itself for a provider we have no facts about. */
export function providerName(provider: string): string {
  return isProviderId(provider) ? FACTS[provider].name : provider
}

/** Reads a provider's name back, whatever its case: `"openai"`, `"OpenAI"`, `"Anthropic"`; null when unknown. */
export function providerIdOf(name: string): ProviderId | null {
  const word = name.trim().toLowerCase()
  return isProviderId(word) ? word : null
}

/** The provider's name, with the platform that a file speaks of: `File · azure`. */
export function providerWords(provider: string, platform: string | null): string {
  return platform === null ? providerName(provider) : `${providerName(provider)} · ${platform}`
}
