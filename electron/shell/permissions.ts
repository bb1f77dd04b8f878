import { isOurs } from './origin.ts'

/**
 * Whether Electron gives a page a permission: only our own page, and only that of copying text. Electron would give
 * every permission to every page. Notifications are shown by the shell itself, so the page needs none for them.
 */
export function mayUse(permission: string, url: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(url, origin)
}
