import type { ShellPreferences } from '../../../shared/contract/control.ts'
import type { Context } from '../core/context.ts'
import { profileOfSample } from '../profile/paths.ts'
import { openPreferences } from '../profile/preferences.ts'
import type { Session } from '../core/session.ts'

/** Calls back with what the desktop carries out, now and whenever one of them changed; returns how to stop. */
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

/** Takes from the sample agency's profile its colours only: the application runs and starts as its own profile says. */
function getShellPreferences({ profile, sample, preferences }: Session): ShellPreferences {
  const { colourScheme } = preferences.get()
  const own = sample ? profileOfSample(profile) : null
  const { keepRunning, startAtLogin } = (own === null ? preferences : openPreferences(own)).get()
  return { colourScheme, keepRunning, startAtLogin }
}

function isSame(a: ShellPreferences, b: ShellPreferences): boolean {
  return a.colourScheme === b.colourScheme && a.keepRunning === b.keepRunning && a.startAtLogin === b.startAtLogin
}
