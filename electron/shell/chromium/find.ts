import { constants } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
]

type Environment = Readonly<Record<string, string | undefined>>

/** Paths where a browser may be, best first. `CASTELLAN_BROWSER` overrides all. */
export function browserCandidates(platform: NodeJS.Platform, env: Environment): readonly string[] {
  const chosen = env['CASTELLAN_BROWSER']
  if (chosen !== undefined && chosen !== '') return [chosen]
  if (platform === 'darwin') {
    const home = env['HOME']
    return home === undefined ? MAC : [...MAC, ...MAC.map((path) => join(home, path))]
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return roots.filter((root) => root !== undefined).flatMap((root) => WINDOWS.map((path) => `${root}\\${path}`))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => [...new Set([...folders, '/usr/bin', '/usr/local/bin'])].map((at) => join(at, name)))
}

/**
 * The installed browser that can show the window, or null. A browser packed as a snap is the last choice: it cannot
 * read hidden folders, and the profile is in one.
 */
export async function findBrowser(
  platform: NodeJS.Platform = process.platform,
  env: Environment = process.env,
): Promise<string | null> {
  let snap: string | null = null
  for (const path of browserCandidates(platform, env)) {
    if (!(await runs(path))) continue
    if (!(await realpath(path)).includes('/snap')) return path
    snap ??= path
  }
  return snap
}

async function runs(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
