import { counted } from './counted.ts'
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
  ['sk-ant-oat01-', 'an Anthropic OAuth token'],
  ['sk-ant-', 'an Anthropic key'],
  ['sk-admin-', 'an OpenAI admin key'],
  ['sk-proj-', 'an OpenAI project key, which can call models but not read the organization'],
  ['sk-svcacct-', 'an OpenAI service-account key, which can call models but not read the organization'],
  ['sk-or-v1-', 'an OpenRouter key'],
]

/**
 * Forms beside the admin key that may administer an organization, and what to know of each. Whether one does, only the
 * provider can say: the test of a connection asks it (Anthropic's Admin API takes an admin key, an OAuth token with the
 * scope `org:admin`, and a personal or service-account key with admin scope). Longest first.
 */
const MAY_ADMINISTER: Readonly<Partial<Record<ProviderId, readonly (readonly [prefix: string, warning: string])[]>>> = {
  anthropic: [
    [
      'sk-ant-oat01-',
      'This is an OAuth token. It needs the scope org:admin, and it expires: set a new one then, or use an admin key.',
    ],
    [
      'sk-ant-api01-',
      'This is a Claude Enterprise key. It reads only what Claude Enterprise offers: test the connection to see what.',
    ],
    [
      'sk-ant-api',
      'This key may only call models. It reads the organization where it has admin scope: test the connection to see.',
    ],
    ['sk-ant-', 'Castellan does not know this form of credential. Test the connection to see what it reads.'],
  ],
}

/**
 * Says whether a pasted text can be the admin credential of a provider, judged by its form alone
 * (prefixes: the providers' admin API references). Nothing of the secret is in what it says.
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
  const prefix = acceptedPrefix(provider, secret)
  if (prefix !== null) {
    return secret.length >= prefix.length + 8
      ? { ok: true, warning: credentialWarning(provider, secret) }
      : {
          ok: false,
          reason: `The credential is cut short: only ${counted(secret.length, 'character')}. Copy it again from the provider.`,
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

/** What to know of a credential of this form, or of its hint, that may administer the organization; null for an admin key. */
export function credentialWarning(provider: ProviderId, text: string): string | null {
  if (text.startsWith(providerFacts(provider).adminPrefix)) return null
  return MAY_ADMINISTER[provider]?.find(([prefix]) => text.startsWith(prefix))?.[1] ?? null
}

/** What a provider's credential is called where one is asked for. */
export function credentialWords(provider: ProviderId): string {
  const { adminPrefix } = providerFacts(provider)
  if (provider === 'openrouter') return `A management key (${adminPrefix}…)`
  const others = provider === 'anthropic' ? ', an OAuth token with org:admin, or a key with admin scope' : ''
  return `An admin key (${adminPrefix}…)${others}`
}

/** The public prefix of an accepted credential: all that is before its secret. */
function acceptedPrefix(provider: ProviderId, secret: string): string | null {
  const { adminPrefix } = providerFacts(provider)
  if (secret.startsWith(adminPrefix)) return adminPrefix
  const [form] = MAY_ADMINISTER[provider]?.find(([prefix]) => secret.startsWith(prefix)) ?? []
  return form === undefined ? null : (/^sk-ant-[a-z]{3,8}\d{2}-/u.exec(secret)?.[0] ?? form)
}

/** The part of a credential that may be shown and stored: its public prefix and last four characters. */
export function credentialHint(provider: ProviderId, secret: string): string {
  const text = secret.trim()
  return `${acceptedPrefix(provider, text) ?? providerFacts(provider).adminPrefix}…${text.slice(-4)}`
}
