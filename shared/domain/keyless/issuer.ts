import type { Platform } from './platforms.ts'

const HOSTS: readonly (readonly [host: RegExp, platform: Platform])[] = [
  [/^token\.actions\.githubusercontent\.com$/u, 'github'],
  [/^gitlab\./u, 'gitlab'],
  [/^accounts\.google\.com$|^container\.googleapis\.com$/u, 'google-cloud'],
  [/\.amazonaws\.com$|\.api\.aws$/u, 'aws'],
  [/^sts\.windows\.net$|^login\.microsoftonline\.com$/u, 'azure'],
]

/** The platform that issues tokens at a URL; null for another issuer. */
export function issuerPlatform(issuer: string): Platform | null {
  const host = /^https?:\/\/(?<host>[^/:?#]+)/iu.exec(issuer)?.groups?.['host']?.toLowerCase() ?? ''
  return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null
}
