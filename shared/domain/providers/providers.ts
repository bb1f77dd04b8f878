import { capitalize } from '../capitalize.ts'
import type { SyncOrigin } from '../connection.ts'
import { ANTHROPIC } from './anthropic.ts'
import { CURSOR_TEAM } from './cursor-team.ts'
import type { ProviderFacts } from './facts.ts'
import { FILE } from './file.ts'
import { GITHUB_COPILOT } from './github-copilot.ts'
import { LITELLM } from './litellm.ts'
import { OPENAI } from './openai.ts'
import { OPENROUTER } from './openrouter.ts'

/** Providers that Castellan knows. A connection may have any provider word; these have facts. */
const PROVIDERS = [OPENAI, ANTHROPIC, OPENROUTER, LITELLM, GITHUB_COPILOT, CURSOR_TEAM, FILE] as const

type Provider = (typeof PROVIDERS)[number]

export type ProviderId = Provider['id']

/** Providers whose API Castellan calls. */
export type CalledProviderId = Extract<Provider, { readonly readsFile: false }>['id']

export const PROVIDER_IDS: readonly ProviderId[] = PROVIDERS.map(({ id }) => id)

export const CALLED_PROVIDER_IDS: readonly CalledProviderId[] = PROVIDERS.flatMap((facts) =>
  facts.readsFile ? [] : [facts.id],
)

/** The default in a form or a plan. */
export const DEFAULT_PROVIDER = OPENAI.id

const FACTS: ReadonlyMap<string, ProviderFacts> = new Map(PROVIDERS.map((facts) => [facts.id, facts]))

export function isProviderId(text: string): text is ProviderId {
  return FACTS.has(text)
}

/** The facts of a provider by any word that a connection may have; undefined for an unknown one. */
export function findProvider(provider: string): ProviderFacts | undefined {
  return FACTS.get(provider)
}

export function providerFacts(id: ProviderId): ProviderFacts {
  const facts = FACTS.get(id)
  if (facts === undefined) throw new RangeError(`${id} is not a provider`)
  return facts
}

type Flag = { [K in keyof ProviderFacts]-?: ProviderFacts[K] extends boolean ? K : never }[keyof ProviderFacts]

/** The providers for which a flag is set. */
export function providersWith(flag: Flag): readonly ProviderId[] {
  return PROVIDER_IDS.filter((id) => providerFacts(id)[flag])
}

/** True if connections of the provider read a file instead of calling an API. */
export function readsFile(provider: string): boolean {
  return findProvider(provider)?.readsFile === true
}

/** The vendor's name, or the word itself for a provider without facts. */
export function providerName(provider: string): string {
  return findProvider(provider)?.name ?? provider
}

/** Reads a provider's name back, whatever its case: `"openai"`, `"OpenAI"`, `"Anthropic"`; null when unknown. */
export function findProviderId(name: string): ProviderId | null {
  const word = name.trim().toLowerCase()
  return isProviderId(word) ? word : null
}

/** The name of the platform that a connection is of: that which its file describes, else its provider. */
export function platformName(provider: string, platform: string | null): string {
  return platform === null || platform === '' ? providerName(provider) : capitalize(platform)
}

/** Where the facts of a sync are from, in words for documents. */
export function readFromWords(provider: string, origin: SyncOrigin | null): string {
  if (origin === null) return 'not read'
  if (origin === 'file') return 'imported file'
  return readsFile(provider) ? 'file, read at each sync' : 'admin API'
}

/** The provider's name, with the platform that a file describes: `File · azure`. */
export function providerWords(provider: string, platform: string | null): string {
  return platform === null ? providerName(provider) : `${providerName(provider)} · ${platform}`
}
