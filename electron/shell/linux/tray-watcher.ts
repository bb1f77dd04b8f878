import type { Bus } from './bus.ts'

const WATCHER = 'org.kde.StatusNotifierWatcher'

/** Calls `onChange` with whether a desktop shows the icons of applications: first now, then whenever that changes. */
export async function watchTray(bus: Bus, onChange: (hasTray: boolean) => void): Promise<void> {
  await bus.listen(
    { sender: 'org.freedesktop.DBus', interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' },
    ([name, _before, owner]) => {
      if (name === WATCHER) onChange(owner !== '')
    },
  )
  onChange(await bus.hasOwner(WATCHER))
}
