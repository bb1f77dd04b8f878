import type { ShellPreferences } from '../../../shared/contract/control.ts'
import type { Context } from '../core/context.ts'
import { profileOfSample } from '../profile/paths.ts'
import { openPreferences } from '../profile/preferences.ts'
import type { Session } from '../core/session.ts'

/** Calls back with what the desktop applies, now and whenever one of them changed; returns a function that stops it. */
export function followPreferences(context: Context, listener: (preferences: ShellPreferences) => void): () => void {
  let last = getShellPreferences(context.session())
  listener(last)
  return context.events.listen((event) => {
    if (event.type !== 'changed' || !event.areas.includes('settings')) return
    const next = getShellPreferences(context.session())
    if (isSame(last, next)) return
    last = next
    listener(next)
  })
}

/**
 * Takes only the colours from the sample agency's profile: the application runs and starts by the settings of its own
 * profile.
 */
function getShellPreferences({ profile, sample, preferences }: Session): ShellPreferences {
  const { colourScheme } = preferences.get()
  const own = sample ? profileOfSample(profile) : null
  const { keepRunning, startAtLogin } = (own === null ? preferences : openPreferences(own)).get()
  return { colourScheme, keepRunning, startAtLogin }
}

function isSame(a: ShellPreferences, b: ShellPreferences): boolean {
  return a.colourScheme === b.colourScheme && a.keepRunning === b.keepRunning && a.startAtLogin === b.startAtLogin
}
