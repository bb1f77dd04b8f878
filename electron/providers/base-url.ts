import { providerFacts, providerName, type ProviderId } from '../../shared/domain/provider.ts'

/** The address to call. Throws with a plain sentence when the connection's own address is not a web address. */
export function baseUrlOf(provider: ProviderId, own: string | null): string {
  if (own === null || own.trim() === '') return providerFacts(provider).defaultBaseUrl
  const url = URL.parse(own.trim())
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    throw new Error(`The base URL of ${providerName(provider)} is not a web address. Correct it in the connection.`)
  }
  return own.trim()
}
