import { isOurs } from './origin.ts'

/** All that the window may ask of the system: to copy text, and to show notifications. */
const ALLOWED = new Set(['clipboard-sanitized-write', 'notifications'])

/** Whether a permission is given. Everything is refused except copying and notifications, asked by our own page. */
export function mayUse(permission: string, url: string, origin: string): boolean {
  return ALLOWED.has(permission) && isOurs(url, origin)
}
