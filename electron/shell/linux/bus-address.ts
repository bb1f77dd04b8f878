import { existsSync } from 'node:fs'
import { join } from 'node:path'

const SYSTEM_BUS = 'unix:path=/run/dbus/system_bus_socket'

export function getSystemBus(env: NodeJS.ProcessEnv): string {
  return env['DBUS_SYSTEM_BUS_ADDRESS'] ?? SYSTEM_BUS
}

/** Returns the address of the desktop session's D-Bus; null where no session has one. */
export function getSessionBus(env: NodeJS.ProcessEnv): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime } = env
  if (address !== undefined) return address
  if (runtime === undefined || !existsSync(join(runtime, 'bus'))) return null
  return `unix:path=${encodeURI(join(runtime, 'bus'))}`
}

/**
 * Returns the socket of an address such as `unix:path=/run/user/1000/bus,guid=…;…`: the first one that is a Unix socket,
 * abstract ones beginning with a zero byte. Null without one.
 */
export function parseBusAddress(address: string): string | null {
  for (const part of address.split(';')) {
    const { path, abstract } =
      /^unix:(?:.*,)?(?:path=(?<path>[^,]+)|abstract=(?<abstract>[^,]+))/u.exec(part)?.groups ?? {}
    if (path !== undefined) return decodeURIComponent(path)
    if (abstract !== undefined) return `\0${decodeURIComponent(abstract)}`
  }
  return null
}
