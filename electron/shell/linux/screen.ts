import { type Bus, readVariant } from './bus.ts'

const LOGIND = 'org.freedesktop.login1'
const MANAGER = { to: LOGIND, path: '/org/freedesktop/login1', interface: `${LOGIND}.Manager` }
const PROPERTIES = 'org.freedesktop.DBus.Properties'

/** The screen savers of desktops, which have the same signal. */
const SCREEN_SAVERS = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
]

/**
 * Calls `away` when logind reports that the machine goes to sleep or wakes, or that the screen of this session is locked.
 * Throws where the bus has no logind, or logind knows no session of this user.
 */
export async function watchLogind(bus: Bus, sessionId: string | undefined, away: () => void): Promise<void> {
  await bus.listen(
    { sender: LOGIND, path: MANAGER.path, interface: MANAGER.interface, member: 'PrepareForSleep' },
    away,
  )
  const path = await findSession(bus, sessionId)
  await bus.listen({ sender: LOGIND, path, interface: `${LOGIND}.Session`, member: 'Lock' }, away)
  await bus.listen(
    { sender: LOGIND, path, interface: PROPERTIES, member: 'PropertiesChanged' },
    ([_interface, changed]) => {
      const properties = Array.isArray(changed) ? (changed as readonly unknown[]).filter(Array.isArray) : []
      if (properties.some(([name, value]) => name === 'LockedHint' && readVariant(value) === true)) away()
    },
  )
}

/** The session of this process; a process of the user's manager has none, and gets the one that the user sees. */
async function findSession(bus: Bus, sessionId: string | undefined): Promise<string> {
  const ways: (() => Promise<unknown>)[] = [
    // Zero is the caller.
    async () => (await bus.call({ ...MANAGER, member: 'GetSessionByPID', signature: 'u', body: [0] }))[0],
    async () => {
      const [display] = await bus.call({
        to: LOGIND,
        path: `${MANAGER.path}/user/self`,
        interface: PROPERTIES,
        member: 'Get',
        signature: 'ss',
        body: [`${LOGIND}.User`, 'Display'],
      })
      return (readVariant(display) as readonly unknown[] | undefined)?.[1]
    },
  ]
  if (sessionId !== undefined)
    ways.unshift(
      async () => (await bus.call({ ...MANAGER, member: 'GetSession', signature: 's', body: [sessionId] }))[0],
    )
  let reason: unknown = new Error('logind knows no session of this user.')
  for (const way of ways) {
    const path = await way().catch((error: unknown) => {
      reason = error
    })
    if (typeof path === 'string' && path !== '/') return path
  }
  throw reason
}

/** Calls `away` when a screen saver of the desktop begins. */
export async function watchScreenSavers(bus: Bus, away: () => void): Promise<void> {
  const onActive = ([isActive]: readonly unknown[]): void => {
    if (isActive === true) away()
  }
  for (const name of SCREEN_SAVERS) await bus.listen({ interface: name, member: 'ActiveChanged' }, onActive)
}

/** True if a screen saver of the desktop is running. */
export async function hasScreenSaver(bus: Bus): Promise<boolean> {
  for (const name of SCREEN_SAVERS) if (await bus.hasOwner(name)) return true
  return false
}
