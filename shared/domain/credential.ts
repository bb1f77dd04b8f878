import { providerFacts, type ProviderId } from './provider.ts'

export type CredentialCheck =
  | { readonly ok: true; readonly warning: string | null }
  | { readonly ok: false; readonly reason: string }

/**
 * Prefixes of credentials that people paste by mistake, and what each one is.
 * Longest first, since `sk-` begins them all.
 */
const KNOWN_PREFIXES: readonly (readonly [prefix: string, what: string])[] = [
  ['sk-ant-admin01-', 'an Anthropic Console admin key'],
  ['sk-ant-api03-', 'an Anthropic API key, which can call models but not read the organization'],
  ['sk-ant-api01-', 'a Claude Enterprise key, which does not open the Console organization'],
  ['sk-ant-oat01-', 'an Anthropic OAuth token of a person'],
  ['sk-admin-', 'an OpenAI admin key'],
  ['sk-proj-', 'an OpenAI project key, which can call models but not read the organization'],
  ['sk-svcacct-', 'an OpenAI service-account key, which can call models but not read the organization'],
  ['sk-or-v1-', 'an OpenRouter key'],
]

/**
 * Says whether a pasted text can be the admin credential of a provider, judged by its form alone
 * (prefixes: the providers' admin API references). Nothing of the secret is in the reason.
 */
export function checkCredential(provider: ProviderId, text: string): CredentialCheck {
  const facts = providerFacts(provider)
  const secret = text.trim()
  if (provider === 'file') return { ok: false, reason: 'A connection that reads a file has no credential.' }
  if (secret === '')
    return { ok: false, reason: 'The credential is empty. Paste the admin key, or pass it on standard input.' }
  if (/\s/u.test(secret)) {
    return { ok: false, reason: 'The credential holds white space or more than one line. Paste the admin key alone.' }
  }
  // A header value outside printable ASCII cannot be sent at all.
  if (!/^[\x21-\x7e]+$/u.test(secret)) {
    return {
      ok: false,
      reason: 'The credential holds a character that no API key has. Copy it again from the provider.',
    }
  }
  if (secret.startsWith(facts.adminPrefix)) {
    return secret.length >= facts.adminPrefix.length + 8
      ? { ok: true, warning: null }
      : {
          ok: false,
          reason: `The credential is cut short: only ${secret.length} characters. Copy it again from the provider.`,
        }
  }
  const known = KNOWN_PREFIXES.find(([prefix]) => secret.startsWith(prefix))
  if (known) {
    return {
      ok: false,
      reason: `This is ${known[1]} (${known[0]}…). ${facts.name} needs an admin key, which begins with ${facts.adminPrefix}`,
    }
  }
  return {
    ok: false,
    reason: `This does not look like a credential of ${facts.name}: an admin key begins with ${facts.adminPrefix}`,
  }
}

/** The part of a credential that may be shown and stored: its public prefix and last four characters. */
export function credentialHint(provider: ProviderId, secret: string): string {
  return `${providerFacts(provider).adminPrefix}…${secret.trim().slice(-4)}`
}
