import { createRequire } from 'node:module'

import { onTestFinished } from 'vitest'

interface Client {
  readonly connection: { end(): void; on(event: 'error', listener: () => void): void; message(message: object): void }
  requestName(name: string, flags: number, done: (error: unknown) => void): void
  sendSignal(path: string, face: string, name: string, signature: string, values: readonly unknown[]): void
  setMethodCallHandler(
    path: string,
    face: string,
    member: string,
    handler: readonly [(...values: unknown[]) => unknown, string],
  ): void
  exportInterface(values: object, path: string, described: object): void
}

const { createClient } = createRequire(import.meta.url)('@homebridge/dbus-native') as {
  readonly createClient: (options: { readonly busAddress: string }) => Client
}

/** A program on a bus that has a name of a system's service. */
export interface FakeService {
  answer(path: string, face: string, member: string, signature: string, reply: (...values: unknown[]) => unknown): void
  /** Gives an object a property. */
  hold(path: string, face: string, name: string, signature: string, value: unknown): void
  signal(path: string, face: string, name: string, signature: string, values: readonly unknown[]): void
  /** Sends a signal to one connection, which a rule for signals of another sender does not keep away. */
  signalTo(to: string, path: string, face: string, name: string, signature: string, values: readonly unknown[]): void
  end(): void
}

export async function startService(address: string, name: string): Promise<FakeService> {
  const client = createClient({ busAddress: address })
  client.connection.on('error', () => undefined)
  await new Promise<void>((settle, refuse) =>
    client.requestName(name, 0, (error) => (error === null ? settle() : refuse(error))),
  )
  const end = (): void => client.connection.end()
  onTestFinished(end)
  return {
    answer: (path, face, member, signature, reply) =>
      client.setMethodCallHandler(path, face, member, [reply, signature]),
    hold: (path, face, property, signature, value) =>
      client.exportInterface({ [property]: value }, path, {
        name: face,
        methods: {},
        signals: {},
        properties: { [property]: signature },
      }),
    signal: (path, face, signalName, signature, values) => client.sendSignal(path, face, signalName, signature, values),
    signalTo: (destination, path, face, member, signature, body) => {
      const given = signature === '' ? {} : { signature, body }
      client.connection.message({ type: 4, serial: 1000, destination, path, interface: face, member, ...given })
    },
    end,
  }
}

const LOGIND = 'org.freedesktop.login1'
const MANAGER_PATH = '/org/freedesktop/login1'
const PROPERTIES = 'org.freedesktop.DBus.Properties'
const SESSION_PATH = `${MANAGER_PATH}/session/_32`

/** A logind with one session, which it knows as the one that its user sees. */
export async function startLogind(address: string): Promise<{
  /** Reports that the screen of a session is locked: of ours unless another is named. */
  lockScreen(session?: string): void
  unlockScreen(): void
  askToLock(): void
  /** Reports a change of another form. */
  oddChange(): void
  sleep(isStarting: boolean): void
}> {
  const service = await startService(address, LOGIND)
  service.answer(MANAGER_PATH, `${LOGIND}.Manager`, 'GetSessionByPID', 'o', () => {
    throw Object.assign(new Error('The caller is in no session.'), { dbusName: `${LOGIND}.NoSessionForPID` })
  })
  service.answer(MANAGER_PATH, `${LOGIND}.Manager`, 'GetSession', 'o', (id) => `${MANAGER_PATH}/session/${String(id)}`)
  service.hold(`${MANAGER_PATH}/user/self`, `${LOGIND}.User`, 'Display', '(so)', ['2', SESSION_PATH])
  const hint = (path: string, isLocked: boolean): void =>
    service.signal(path, PROPERTIES, 'PropertiesChanged', 'sa{sv}as', [
      `${LOGIND}.Session`,
      [
        ['IdleHint', ['b', false]],
        ['LockedHint', ['b', isLocked]],
      ],
      [],
    ])
  return {
    lockScreen: (path = SESSION_PATH) => hint(path, true),
    unlockScreen: () => hint(SESSION_PATH, false),
    oddChange: () => service.signal(SESSION_PATH, PROPERTIES, 'PropertiesChanged', 's', ['x']),
    askToLock: () => service.signal(SESSION_PATH, `${LOGIND}.Session`, 'Lock', '', []),
    sleep: (isStarting) => service.signal(MANAGER_PATH, `${LOGIND}.Manager`, 'PrepareForSleep', 'b', [isStarting]),
  }
}

/** A screen saver of a desktop; GNOME's unless another is named. */
export async function startScreenSaver(
  address: string,
  name = 'org.gnome.ScreenSaver',
): Promise<{ readonly service: FakeService; activate(isActive: boolean): void }> {
  const service = await startService(address, name)
  const path = `/${name.replaceAll('.', '/')}`
  return { service, activate: (isActive) => service.signal(path, name, 'ActiveChanged', 'b', [isActive]) }
}

/** GNOME's source of idleness. */
export async function startMutter(address: string): Promise<{ readonly service: FakeService; idleSeconds: number }> {
  const name = 'org.gnome.Mutter.IdleMonitor'
  const service = await startService(address, name)
  const mutter = { service, idleSeconds: 1 }
  service.answer('/org/gnome/Mutter/IdleMonitor/Core', name, 'GetIdletime', 't', () => mutter.idleSeconds * 1000)
  return mutter
}

/** What shows the icons of applications. */
export function startTray(address: string): Promise<FakeService> {
  return startService(address, 'org.kde.StatusNotifierWatcher')
}
