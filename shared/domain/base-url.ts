/** The platform's URL parser (WHATWG URL), which Node and browsers share; this layer has no types for it. */
declare const URL: new (text: string) => {
  readonly protocol: string
  readonly username: string
  readonly password: string
  /** Host and port; without the port that the protocol implies. Letters outside ASCII are in Punycode. */
  readonly host: string
  readonly hostname: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
}
type Address = InstanceType<typeof URL>

/**
 * RFC 6761 and RFC 1122 §3.2.1.3, as the parser writes them: it has turned `127.1` and `2130706433` into `127.0.0.1`.
 */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u

function parse(text: string): Address | null {
  try {
    return new URL(text.trim())
  } catch {
    return null
  }
}

/** Why a provider may not be called at this address, as a sentence for people; null when it may. */
export function baseUrlProblem(text: string): string | null {
  const address = parse(text)
  if (address === null || !/^https?:$/u.test(address.protocol)) {
    return 'The base URL is not a valid web address. Write it as https://host/path.'
  }
  if (address.username + address.password + address.search + address.hash !== '') {
    return 'A base URL contains no user, password, query or fragment. Write it as https://host/path and set the admin key as the credential.'
  }
  if (address.protocol === 'http:' && !LOOPBACK.test(address.hostname)) {
    return 'A base URL begins with https://, since http:// would send the admin key unencrypted. Only this machine (localhost, 127.0.0.1, [::1]) may be called over http://.'
  }
  return null
}

/**
 * The address as it is called, stored and shown: a host with letters outside ASCII is written in Punycode (`xn--…`), so
 * that a look-alike of a known host can be recognized. Text that is not an address stays as it is.
 */
export function canonicalBaseUrl(text: string): string {
  const address = parse(text)
  if (address === null) return text.trim()
  const user = address.username + address.password === '' ? '' : `${address.username}:${address.password}@`
  const path = address.pathname.replace(/\/+$/u, '')
  return `${address.protocol}//${user}${address.host}${path}${address.search}${address.hash}`
}

/**
 * Protocol, host and port of an address: the destination of a credential that is sent there. Null for text that is not
 * an address.
 */
export function parseOrigin(text: string): string | null {
  const address = parse(text)
  return address === null ? null : `${address.protocol}//${address.host}`
}

/** True if an address leads to this machine. */
export function isLoopback(text: string): boolean {
  return LOOPBACK.test(parse(text)?.hostname ?? '')
}
