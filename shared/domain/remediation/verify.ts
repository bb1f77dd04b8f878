import { isShownBySync, type RemediationAction } from './remediation.ts'

/**
 * Describes in one sentence which changes, made or about to be, a sync can confirm. At least one action.
 *
 * @example verificationWords(['member-remove', 'member-sign-out'])
 * // 'A sync verifies 1 of the 2; no sync can confirm the other.'
 */
export function verificationWords(actions: readonly RemediationAction[]): string {
  const them = actions.length === 1 ? 'it' : 'them'
  const shown = actions.filter(isShownBySync).length
  const others = actions.length - shown
  if (others === 0) return `A sync verifies ${them}.`
  if (shown === 0) return `No sync can confirm ${them}.`
  return `A sync verifies ${shown} of the ${actions.length}; no sync can confirm the ${others === 1 ? 'other' : `other ${others}`}.`
}

/** The next step where a change was sent and its result is unknown, as one sentence. */
export function unknownResultStep(action: RemediationAction): string {
  return isShownBySync(action)
    ? 'Sync the connection to find out.'
    : 'No sync can show it: cancel it, and request it again.'
}
