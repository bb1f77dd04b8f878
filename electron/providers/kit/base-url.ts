import { baseUrlProblem } from '../../../shared/domain/base-url.ts'
import { providerFacts, type ProviderId } from '../../../shared/domain/providers/providers.ts'

/** The address to call: the connection's own, or the vendor's. Throws with a plain sentence when it may not be called. */
export function getBaseUrl(provider: ProviderId, own: string | null): string {
  if (own === null || own.trim() === '') return providerFacts(provider).defaultBaseUrl
  const problem = baseUrlProblem(own)
  if (problem !== null) throw new Error(problem)
  return own.trim()
}
