/**
 * Stock Chromium has no scheme of ours: `app://register/keys` is shown as `https://register.app.invalid/keys`, a secure
 * origin of its own as a standard scheme is. The main process sees its own addresses only.
 */
const schemes = new Set<string>()

/** A scheme that was registered as standard. */
export function addScheme(scheme: string): void {
  schemes.add(scheme)
}

/** The address that Chromium is given. */
export function outer(address: string): string {
  for (const scheme of schemes) {
    const start = `${scheme}://`
    if (!address.startsWith(start)) continue
    const rest = address.slice(start.length)
    const host = rest.split(/[/?#]/u, 1)[0] ?? ''
    return `https://${host}.${scheme}.invalid${rest.slice(host.length)}`
  }
  return address
}

/** The address that the main process sees. */
export function inner(address: string): string {
  const match = /^https:\/\/(?<host>[^/?#]+)\.(?<scheme>[^./?#]+)\.invalid(?<rest>.*)$/su.exec(address)
  const { host = '', scheme = '', rest = '' } = match?.groups ?? {}
  return schemes.has(scheme) ? `${scheme}://${host}${rest}` : address
}
