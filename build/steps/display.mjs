import { spawn } from 'node:child_process'

import { isOnPath } from './system-packages.mjs'

/** A virtual screen for tests, so that no window appears on the real one: its environment, and how to end it. */
export async function ownDisplay() {
  if (process.platform !== 'linux' || !isOnPath('Xvfb')) return { env: {}, end: () => undefined }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise((settle) => {
    server.stdio[3].once('data', (data) => settle(data.toString('utf8').trim()))
    server.once('error', () => settle(null))
    server.once('exit', () => settle(null))
  })
  if (number === null) return { env: {}, end: () => undefined }
  return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '' }, end: () => server.kill() }
}

/** True if a window can be shown. */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux') return true
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}
