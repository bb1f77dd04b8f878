import { recognizeCredential } from '../../../../shared/domain/providers/credential.ts'
import { readsFile, type ProviderId } from '../../../../shared/domain/providers/providers.ts'

/** Where a credential is sent: a provider, and the address that was typed for each. */
export interface Target {
  readonly provider: ProviderId
  readonly addresses: Readonly<Partial<Record<ProviderId, string>>>
}

/** The address that was typed for the chosen provider; empty: the vendor’s own. */
export function targetAddress({ addresses, provider }: Target): string {
  return addresses[provider] ?? ''
}

/** Keeps an address for the provider for which it was typed alone: the key of another is never sent there. */
export function typeAddress(target: Target, address: string): Target {
  return { ...target, addresses: { ...target.addresses, [target.provider]: address } }
}

/** Chooses the provider that a typed credential is recognized to be of. */
export function recognizeProvider(target: Target, credential: string): Target {
  const known = readsFile(target.provider) ? null : recognizeCredential(credential)
  return known === null ? target : { ...target, provider: known.provider }
}
