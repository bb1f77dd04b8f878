import type { Platform } from '../keyless/platforms.ts'

interface Issuer {
  readonly host: RegExp
  /** Where its workloads run; null where the keyless plan has no steps for it. */
  readonly platform: Platform | null
  /** The name of the issuer where it is everyone's; null where it is that of one account, cluster or installation. */
  readonly name: string | null
}

const issuer = (host: RegExp, platform: Platform | null, name: string | null): Issuer => ({ host, platform, name })

/** The issuers of tokens that are known, by the whole host. */
const ISSUERS: readonly Issuer[] = [
  issuer(/^token\.actions\.githubusercontent\.com$/u, 'github', 'GitHub Actions'),
  issuer(/^gitlab\.com$/u, 'gitlab', 'GitLab'),
  issuer(/^gitlab\./u, 'gitlab', null),
  issuer(/^agent\.buildkite\.com$/u, null, 'Buildkite'),
  issuer(/^app\.terraform\.io$/u, null, 'Terraform Cloud'),
  issuer(/^accounts\.google\.com$/u, 'google-cloud', 'Google Cloud'),
  issuer(/^container\.googleapis\.com$/u, 'google-cloud', null),
  issuer(/\.amazonaws\.com$|\.api\.aws$/u, 'aws', null),
  issuer(/^sts\.windows\.net$|^login\.microsoftonline\.com$/u, 'azure', 'Azure'),
]

function findIssuer(url: string): Issuer | undefined {
  const host = getHost(url).replace(/:\d+$/u, '')
  return ISSUERS.find((known) => known.host.test(host))
}

/** With its port; the text itself where it is not a URL. */
function getHost(url: string): string {
  return /^https?:\/\/(?<host>[^/?#]+)/iu.exec(url)?.groups?.['host']?.toLowerCase() ?? url
}

/** The name of the platform that issues the tokens; the issuer's host for another one. */
export function issuerName(url: string): string {
  return findIssuer(url)?.name ?? getHost(url)
}

/** True if everyone can get tokens of the issuer: who the tenant is, only the subject or a claim shows. */
export function isForEveryone(url: string): boolean {
  return (findIssuer(url)?.name ?? null) !== null
}

/** The platform that issues tokens at a URL; null for another issuer. */
export function issuerPlatform(url: string): Platform | null {
  return findIssuer(url)?.platform ?? null
}
