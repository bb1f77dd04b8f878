import { notifyWarning } from '../ui/notify.tsx'
import { plural } from '../ui/relative.ts'
import { visibleText } from '../ui/text.ts'

/** A connection that was left out. */
interface SkippedConnection {
  readonly reason: string
  readonly noKey: boolean
}

/** Describes in a sentence what was left out, with the reasons where they differ from a missing key. */
export function skippedWords(skipped: readonly SkippedConnection[]): {
  readonly message: string
  readonly hint?: string
} {
  const others = skipped.filter(({ noKey }) => !noKey)
  const keyless = skipped.length - others.length
  const missing = `${plural(keyless, 'connection')} ${keyless === 1 ? 'has' : 'have'} no API key`
  if (others.length === 0) return { message: missing }
  const reasons = [...new Set(others.map(({ reason }) => visibleText(reason)))].slice(0, MOST_REASONS).join(' ')
  const left = `${plural(others.length, 'connection')} ${others.length === 1 ? 'was' : 'were'} not synced`
  return { message: keyless === 0 ? left : `${left}, and ${missing}`, hint: reasons }
}

const MOST_REASONS = 2

/** Notifies of the connections that a sync left out, in one message, with a way to add the missing keys. */
export function notifySkipped(skipped: readonly SkippedConnection[], client: string | undefined): void {
  if (skipped.length === 0) return
  const does = client === undefined ? '/connections' : `/connections?client=${encodeURIComponent(client)}`
  notifyWarning({
    ...skippedWords(skipped),
    only: 'skipped',
    action: { label: skipped.some(({ noKey }) => noKey) ? 'Add keys' : 'View connections', does },
  })
}
