import { counted } from '../counted.ts'
import { findTokenShape } from '../secrets/token-shapes.ts'
import { findProvider, PROVIDER_IDS, providerFacts, type ProviderId } from './providers.ts'

export type CredentialCheck =
  | { readonly ok: true; readonly warning: string | null }
  | { readonly ok: false; readonly reason: string }

const FORMS = PROVIDER_IDS.flatMap((provider) =>
  (providerFacts(provider).credentials ?? [])
    .map(findTokenShape)
    .flatMap(({ prefixes, what }) => prefixes.map((prefix) => ({ provider, prefix, what }))),
)

/**
 * The key forms of one provider alone, to recognize keys that were pasted by mistake; longest first, since some are prefixes of others. A
 * prefix with which the keys of another provider begin too is left out.
 */
const KNOWN_FORMS = FORMS.filter(
  ({ provider, prefix }) => !FORMS.some((other) => other.provider !== provider && other.prefix.startsWith(prefix)),
).toSorted((a, b) => b.prefix.length - a.prefix.length)

/** The kind of a text, by its form. */
export interface RecognizedCredential {
  readonly provider: ProviderId
  /** With an article: `an OpenAI admin key`. */
  readonly what: string
  /** True if it may administer an organization. */
  readonly fits: boolean
}

/** Recognizes a credential of any provider by its prefix; null for a text that has none of the known forms. */
export function recognizeCredential(text: string): RecognizedCredential | null {
  const secret = text.trim()
  const known = KNOWN_FORMS.find(({ prefix }) => secret.startsWith(prefix))
  if (known === undefined) return null
  const { provider, what } = known
  return { provider, what, fits: acceptedPrefix(provider, secret) !== null }
}

/**
 * Checks whether a pasted text can be the admin credential of a provider, by its form alone (prefixes: the providers'
 * admin API references). The messages contain nothing of the secret.
 */
export function checkCredential(provider: ProviderId, text: string): CredentialCheck {
  const facts = providerFacts(provider)
  const secret = text.trim()
  if (facts.readsFile) return { ok: false, reason: 'A connection that reads a file has no credential.' }
  if (secret === '')
    return { ok: false, reason: 'The credential is empty. Paste the admin key, or pass it on standard input.' }
  if (/\s/u.test(secret)) {
    return {
      ok: false,
      reason: 'The credential contains white space or more than one line. Paste the admin key alone.',
    }
  }
  // A header value outside printable ASCII cannot be sent at all.
  if (!/^[\x21-\x7e]+$/u.test(secret)) {
    return {
      ok: false,
      reason: 'The credential contains a character that no API key has. Copy it again from the provider.',
    }
  }
  const prefix = acceptedPrefix(provider, secret)
  const known = KNOWN_FORMS.find((form) => secret.startsWith(form.prefix))
  // A prefix that many vendors' keys have does not make a key that is known to be another's fit.
  const isAnothers = known !== undefined && known.provider !== provider && known.prefix.length > (prefix?.length ?? 0)
  if (prefix !== null && !isAnothers) {
    return secret.length >= prefix.length + 8
      ? { ok: true, warning: credentialWarning(provider, secret) }
      : {
          ok: false,
          reason: `The credential is incomplete: only ${counted(secret.length, 'character')}. Copy it again from the provider.`,
        }
  }
  if (known !== undefined) {
    return {
      ok: false,
      reason: `This is ${known.what} (${known.prefix}…). ${facts.name} needs its ${keyWord(provider)}, which begins with ${facts.adminPrefix}`,
    }
  }
  return {
    ok: false,
    reason: `This is not the ${keyWord(provider)} of ${facts.name}, which begins with ${facts.adminPrefix}`,
  }
}

/** The vendor's name for the credential of a connection: `admin key`. */
export function keyWord(provider: string): string {
  return findProvider(provider)?.keyGuide?.keyWord ?? 'admin key'
}

/** A note on a credential of this form, or on its hint, that may administer the organization; null for an admin key. */
export function credentialWarning(provider: ProviderId, text: string): string | null {
  const { adminPrefix, alsoAdministers } = providerFacts(provider)
  if (text.startsWith(adminPrefix)) return null
  return alsoAdministers.find(([prefix]) => text.startsWith(prefix))?.[1] ?? null
}

/** The public prefix of an accepted credential: everything before its secret. */
function acceptedPrefix(provider: ProviderId, secret: string): string | null {
  const { adminPrefix, alsoAdministers, publicPart } = providerFacts(provider)
  if (secret.startsWith(adminPrefix)) return adminPrefix
  const [form] = alsoAdministers.find(([prefix]) => secret.startsWith(prefix)) ?? []
  return form === undefined ? null : (publicPart?.exec(secret)?.[0] ?? form)
}

/** The part of a credential that may be shown and stored: its public prefix and last four characters. */
export function credentialHint(provider: ProviderId, secret: string): string {
  const text = secret.trim()
  return `${acceptedPrefix(provider, text) ?? providerFacts(provider).adminPrefix}…${text.slice(-4)}`
}
