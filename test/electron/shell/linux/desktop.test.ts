import { describe, expect, it, onTestFinished } from 'vitest'

import { getSessionBus, getSystemBus, parseBusAddress } from '../../../../electron/shell/linux/bus-address.ts'
import {
  type BusAddresses,
  describeReports,
  type LinuxDesktop,
  readLinuxDesktop,
  watchLinuxDesktop,
} from '../../../../electron/shell/linux/desktop.ts'
import { startBus } from './private-bus.ts'
import { startLogind, startMutter, startScreenSaver, startService, startTray } from './services.ts'

const UNREPORTED = describeReports({ logind: false, screenSaver: false, idle: null })

interface Watched {
  readonly desktop: LinuxDesktop
  /** What was reported, in order. */
  readonly heard: string[]
}

/** Watches a desktop until it has described itself. */
async function watch(addresses: BusAddresses): Promise<Watched> {
  const heard: string[] = []
  const described = Promise.withResolvers<void>()
  const desktop = watchLinuxDesktop(
    {
      away: () => heard.push('away'),
      described: (sentence) => {
        heard.push(sentence)
        described.resolve()
      },
      trayChanged: (tray) => heard.push(`tray ${tray}`),
    },
    addresses,
  )
  onTestFinished(() => desktop.close())
  await described.promise
  return { desktop, heard }
}

describe('a desktop of Linux with logind, a screen saver and a source of idleness', () => {
  it('reports a locked screen, sleep and time without use, and leaves no connection', async () => {
    const [system, session] = [await startBus(), await startBus()]
    const logind = await startLogind(system.address)
    const screenSaver = await startScreenSaver(session.address)
    const mutter = await startMutter(session.address)
    await startTray(session.address)
    const before = [await system.connections(process.pid), await session.connections(process.pid)]
    const { desktop, heard } = await watch({ system: system.address, session: session.address })
    expect(heard.splice(0)).toEqual([
      'tray shown',
      'A locked screen and sleep are reported by logind and the screen saver over D-Bus. Time without use is reported by Mutter.',
    ])
    for (const act of [
      () => logind.lockScreen(),
      () => logind.askToLock(),
      () => logind.sleep(true),
      () => logind.sleep(false),
      () => screenSaver.activate(true),
    ]) {
      act()
      await expect.poll(() => heard.splice(0), { interval: 10 }).toEqual(['away'])
    }
    mutter.idleSeconds = 901.5
    expect(await desktop.idleSeconds()).toBe(901.5)
    // None of these is a locked screen of this session.
    logind.unlockScreen()
    logind.lockScreen('/org/freedesktop/login1/session/_34')
    screenSaver.activate(false)
    // A last signal shows that the others have arrived.
    logind.lockScreen()
    await expect.poll(() => heard.length, { interval: 10 }).toBeGreaterThan(0)
    await desktop.idleSeconds()
    expect(heard).toEqual(['away'])
    expect([await system.connections(process.pid), await session.connections(process.pid)]).toEqual(
      before.map((count) => count + 1),
    )
    await desktop.close()
    expect([await system.connections(process.pid), await session.connections(process.pid)]).toEqual(before)
  })

  it('listens to the session that the environment names', async () => {
    const system = await startBus()
    const logind = await startLogind(system.address)
    const { heard } = await watch({ system: system.address, session: null, sessionId: 'c7' })
    heard.splice(0)
    logind.lockScreen()
    logind.lockScreen('/org/freedesktop/login1/session/c7')
    await expect.poll(() => heard, { interval: 10 }).toEqual(['away'])
  })

  it('finds what starts after it, reports a tray that comes and goes, and reports the end of the session bus', async () => {
    const session = await startBus()
    const { desktop, heard } = await watch({ system: 'unix:path=/nonexistent', session: session.address })
    expect(heard.splice(0)).toEqual([
      'tray awaited',
      'A locked screen and sleep are not reported: no logind and no screen saver answers over D-Bus. Time without use is counted in this window, unless the desktop reports it.',
    ])
    expect(await desktop.idleSeconds()).toBeNull()
    const tray = await startTray(session.address)
    await expect.poll(() => heard.splice(0), { interval: 10 }).toEqual(['tray shown'])
    tray.end()
    await expect.poll(() => heard.splice(0), { interval: 10 }).toEqual(['tray awaited'])
    await startScreenSaver(session.address, 'org.mate.ScreenSaver')
    const mutter = await startMutter(session.address)
    mutter.idleSeconds = 7
    expect(await desktop.idleSeconds()).toBe(7)
    expect(heard.splice(0)).toEqual([
      'A locked screen is reported by the screen saver over D-Bus; sleep is not, since logind does not answer. Time without use is reported by Mutter.',
    ])
    await session.end()
    await expect.poll(() => heard[0], { interval: 10 }).toBe('tray none')
    expect(await desktop.idleSeconds()).toBeNull()
    expect(heard[1]).toMatch(/^A locked screen and sleep are not reported/u)
  })

  it('takes a signal from logind alone, and outlasts one that is not of a locked screen', async () => {
    const system = await startBus()
    const logind = await startLogind(system.address)
    const { heard } = await watch({ system: system.address, session: null })
    heard.splice(0)
    const stranger = await startService(system.address, 'com.example.Stranger')
    const [session, properties] = ['/org/freedesktop/login1/session/_32', 'org.freedesktop.DBus.Properties']
    const locked = ['org.freedesktop.login1.Session', [['LockedHint', ['b', true]]], []]
    for (const name of await system.names()) {
      stranger.signalTo(name, session, 'org.freedesktop.login1.Session', 'Lock', '', [])
      stranger.signalTo(name, session, properties, 'PropertiesChanged', 'sa{sv}as', locked)
      stranger.signalTo(name, session, properties, 'PropertiesChanged', '', [])
      stranger.signalTo(name, session, properties, 'PropertiesChanged', 's', ['x'])
    }
    expect(await system.names()).toHaveLength(4)
    expect(heard).toEqual([])
    logind.oddChange()
    logind.lockScreen()
    await expect.poll(() => heard, { interval: 10 }).toEqual(['away'])
  })

  it('listens again to a bus that was started again, at the next check', async () => {
    const [system, session] = [await startBus(), await startBus()]
    await startLogind(system.address)
    const { desktop, heard } = await watch({ system: system.address, session: session.address })
    await Promise.all([system.end(), session.end()])
    await expect.poll(() => heard.slice(2).toSorted(), { interval: 10 }).toEqual([UNREPORTED, 'tray none'])
    await Promise.all([system.startAgain(), session.startAgain()])
    const [logind] = [await startLogind(system.address), await startTray(session.address)]
    heard.splice(0)
    await desktop.idleSeconds()
    await expect
      .poll(() => heard.toSorted(), { interval: 10 })
      .toEqual([
        'A locked screen and sleep are reported by logind over D-Bus. Time without use is counted in this window, unless the desktop reports it.',
        'tray shown',
      ])
    logind.lockScreen()
    await expect.poll(() => heard.at(-1), { interval: 10 }).toBe('away')
  })

  it('is read once by the self-test, with the tray that it shows', async () => {
    const [system, session] = [await startBus(), await startBus()]
    await startLogind(system.address)
    await startTray(session.address)
    expect(await readLinuxDesktop({ system: system.address, session: session.address })).toMatchObject({
      tray: 'shown',
      hasScreen: true,
    })
    expect(await session.names()).toHaveLength(2)
  })

  it('reads the seconds of a screen saver, and the milliseconds of Plasma', async () => {
    const name = 'org.freedesktop.ScreenSaver'
    for (const [isPlasma, seconds] of [
      [false, 5000],
      [true, 5],
    ] as const) {
      const session = await startBus()
      const service = await startService(session.address, name)
      service.answer('/org/freedesktop/ScreenSaver', name, 'GetSessionIdleTime', 'u', () => 5000)
      if (isPlasma) await startService(session.address, 'org.kde.screensaver')
      const { desktop } = await watch({ system: 'unix:path=/nonexistent', session: session.address })
      expect(await desktop.idleSeconds()).toBe(seconds)
    }
  })
})

it('a machine without D-Bus has no tray, and only the window counts', async () => {
  const { desktop, heard } = await watch({ system: 'tcp:host=localhost,port=1', session: null })
  expect(heard).toEqual(['tray none', describeReports({ logind: false, screenSaver: false, idle: null })])
  expect(await desktop.idleSeconds()).toBeNull()
})

it('the addresses of both buses are those of the environment, or where systems have them', () => {
  expect(getSystemBus({})).toBe('unix:path=/run/dbus/system_bus_socket')
  expect(getSystemBus({ DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/a' })).toBe('unix:path=/a')
  expect(getSessionBus({ XDG_RUNTIME_DIR: '/nonexistent' })).toBeNull()
  expect(getSessionBus({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b' })).toBe('unix:path=/b')
  expect(parseBusAddress('tcp:host=x;unix:guid=1,path=/run/a%20b,x=1')).toBe('/run/a b')
  expect(parseBusAddress('unix:abstract=/tmp/dbus-1,guid=2')).toBe('\0/tmp/dbus-1')
  expect(parseBusAddress('unixexec:path=/bin/sh')).toBeNull()
})
