import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { type Bus, connectBus } from '../../../../electron/shell/linux/bus.ts'

/** A D-Bus of a test. */
export interface PrivateBus {
  readonly address: string
  /** How many connections a process has, but for the one that asks. */
  connections(pid: number): Promise<number>
  /** Ends the daemon, as when a session ends. */
  end(): Promise<void>
  /** Starts it again at the same address, after it ended. */
  startAgain(): Promise<void>
  /** The names that the daemon gave to the connections of this process, but for the one that asks. */
  names(): Promise<readonly string[]>
}

const DAEMON = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }
const PROCESS = { ...DAEMON, member: 'GetConnectionUnixProcessID', signature: 's' }

const CONFIGURATION = (path: string): string => `<busconfig>
  <type>session</type>
  <listen>unix:path=${path}</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`

/** Starts a real daemon that starts no service; it is ended after the test. */
export async function startBus(): Promise<PrivateBus> {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'))
  const file = join(folder, 'bus.conf')
  writeFileSync(file, CONFIGURATION(join(folder, 'bus')))
  let end = async (): Promise<void> => undefined
  const start = async (): Promise<string> => {
    const daemon = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${file}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(daemon, 'exit')
    end = async () => {
      daemon.kill('SIGKILL')
      await ended
      rmSync(join(folder, 'bus'), { force: true })
    }
    const [printed] = (await Promise.race([once(daemon.stdout, 'data'), ended])) as [Buffer | number]
    const address = String(printed).trim()
    if (!address.startsWith('unix:')) throw new Error('dbus-daemon did not start: apt-get install dbus')
    return address
  }
  onTestFinished(async () => {
    await end()
    rmSync(folder, { recursive: true, force: true })
  })
  const address = await start()
  const observer: Bus = await connectBus(address)
  const listNames = async (pid: number): Promise<readonly string[]> => {
    const [all] = await observer.call({ ...DAEMON, member: 'ListNames' })
    const named = await Promise.all(
      (all as readonly string[])
        .filter((name) => name.startsWith(':'))
        // One that has ended meanwhile is of no process.
        .map(async (name) => [name, ...(await observer.call({ ...PROCESS, body: [name] }).catch(() => [0]))] as const),
    )
    return named.filter(([, each]) => each === pid).map(([name]) => name)
  }
  return {
    address,
    end: () => end(),
    startAgain: async () => void (await start()),
    connections: async (pid) => (await listNames(pid)).length - (pid === process.pid ? 1 : 0),
    names: () => listNames(process.pid),
  }
}
