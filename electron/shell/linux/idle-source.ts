import type { Bus } from './bus.ts'

/** A service of the desktop that reports how long a person has not used the machine. */
export interface IdleSource {
  readonly name: string
  seconds(): Promise<number>
}

const MUTTER = 'org.gnome.Mutter.IdleMonitor'
const SCREEN_SAVER = 'org.freedesktop.ScreenSaver'
/** Plasma's screen saver has this name too, and reports milliseconds where the specification has seconds. */
const PLASMA = 'org.kde.screensaver'

/** Returns the first source that answers; null without one. */
export async function findIdleSource(bus: Bus): Promise<IdleSource | null> {
  const isPlasma = await bus.hasOwner(PLASMA)
  const sources: readonly IdleSource[] = [
    {
      name: 'Mutter',
      seconds: async () => {
        const [ms] = await bus.call({
          to: MUTTER,
          path: '/org/gnome/Mutter/IdleMonitor/Core',
          interface: MUTTER,
          member: 'GetIdletime',
        })
        return Number(ms) / 1000
      },
    },
    {
      name: 'the screen saver',
      seconds: async () => {
        const [time] = await bus.call({
          to: SCREEN_SAVER,
          path: '/org/freedesktop/ScreenSaver',
          interface: SCREEN_SAVER,
          member: 'GetSessionIdleTime',
        })
        return isPlasma ? Number(time) / 1000 : Number(time)
      },
    },
  ]
  for (const source of sources) {
    const seconds = await source.seconds().catch(() => Number.NaN)
    if (Number.isFinite(seconds)) return source
  }
  return null
}
