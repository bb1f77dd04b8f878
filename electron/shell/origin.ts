/** The window's origin in Electron: a scheme of its own, since `file:` pages may read other files. */
export const ELECTRON_ORIGIN = 'app://register'

/** The window's origin in a browser. `.invalid` never resolves (RFC 2606): a request that escapes reaches no server. */
export const CHROMIUM_ORIGIN = 'https://castellan.invalid'

/**
 * True if an address has this origin, compared part by part: one that only begins or ends like it has not, nor one with
 * a user name or a port.
 */
export function isOurs(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false
  const asked = new URL(url)
  const ours = new URL(origin)
  return (
    asked.protocol === ours.protocol &&
    asked.hostname === ours.hostname &&
    asked.port === ours.port &&
    asked.username === '' &&
    asked.password === ''
  )
}

/** The place in the window that an address of this origin names; null for any other address. */
export function placeIn(url: string, origin: string): string | null {
  if (!isOurs(url, origin)) return null
  const { pathname, search } = new URL(url)
  return isPlace(`${pathname}${search}`) ? `${pathname}${search}` : null
}

/** True if a text is a place in the window: one of our paths, which no router mistakes for another origin. */
export function isPlace(to: string): boolean {
  return to.length <= 2000 && /^\/(?![/\\])/u.test(to) && !/[\\\p{Cc}]/u.test(to)
}
