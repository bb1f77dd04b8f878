import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { sourceHash } from '../../build/freshness.mjs'
import { projectNode } from '../../build/project-node.mjs'

const here = resolve(import.meta.dirname, '../..')

/** The version that the tree's Electron package has. */
export const VERSION = '45.4.1'

/** The user and group that own nothing: root passes `--no-sandbox` and needs no sandbox. */
const NOBODY = { uid: 65_534, gid: 65_534 }

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What the start script and its children wrote on the error stream. */
  readonly said: string
  /** The arguments of each window that was opened in the browser. */
  readonly browser: readonly string[]
}

export interface Started {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<Ended>
}

export interface Options {
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly asNobody?: boolean
}

/**
 * A small copy of the project in which `npm start` runs in earnest: a built product that only records that it was
 * opened.
 */
export function makeTree(root: string): void {
  mkdirSync(join(root, 'build/steps'), { recursive: true })
  for (const folder of ['build', 'build/steps']) {
    for (const name of readdirSync(join(here, folder)).filter((name) => name.endsWith('.mjs'))) {
      cpSync(join(here, folder, name), join(root, folder, name))
    }
  }
  cpSync(join(here, 'package.json'), join(root, 'package.json'))
  for (const path of ['electron/shell/chromium/find.ts', 'electron/shell/exit-code.ts']) {
    if (existsSync(join(here, path))) cpSync(join(here, path), join(root, path))
  }
  write(root, 'out/node/open.js', openScript(0))
  write(root, 'out/node/cli.js', '')
  write(root, 'out/sources.sha256', sourceHash(root))
  write(root, 'browser', '#!/bin/sh\n', 0o755)
  const name = basename(dirname(dirname(projectNode(here))))
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(join(here, 'node_modules', name), join(root, 'node_modules', name))
  packElectron(root, "console.error('TypeError: fetch failed'); process.exit(1)")
  chmodSync(root, 0o777)
}

/** The window in the browser records its arguments and ends with a code. */
export function openScript(code: number, first = ''): string {
  return `import { appendFileSync } from 'node:fs'
    appendFileSync(new URL('../../opened', import.meta.url), JSON.stringify(process.argv.slice(2)) + '\\n')
    ${first}
    process.exitCode = ${code}`
}

/** Electron's package, whose script fetches nothing but does as given, and records that it was asked. */
export function packElectron(root: string, does: string): void {
  write(root, 'node_modules/electron/package.json', JSON.stringify({ version: VERSION }))
  const note = `require('fs').appendFileSync(${JSON.stringify(join(root, 'tries'))}, 'x');`
  write(root, 'node_modules/electron/install.js', `${note} ${does}`)
}

/** How often Electron's package was asked to fetch its binary. */
export function tries(root: string): number {
  return existsSync(join(root, 'tries')) ? readFileSync(join(root, 'tries'), 'utf8').length : 0
}

/** A folder with an Electron that is a shell script; returns its path for `ELECTRON_OVERRIDE_DIST_PATH`. */
export function writeElectron(root: string, script: string, version = VERSION): string {
  write(root, 'dist/version', version)
  write(root, 'dist/chrome-sandbox', '', 0o755)
  write(root, 'dist/electron', `#!/bin/sh\n${script}\n`, 0o755)
  return join(root, 'dist')
}

export function write(root: string, path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  chmodSync(join(root, path), mode)
}

/** Starts `build/steps/start.mjs` of a tree, as `npm start` does. */
export function begin(root: string, { env = {}, args = [], asNobody = false }: Options = {}): Started {
  const child = spawn(projectNode(here), [join(root, 'build/steps/start.mjs'), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DISPLAY: ':0',
      HOME: root,
      CASTELLAN_BROWSER: join(root, 'browser'),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, to which a signal can be sent as a terminal sends Ctrl+C.
    detached: true,
    ...(asNobody && process.getuid?.() === 0 ? NOBODY : {}),
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString('utf8')))
  const ended = new Promise<Ended>((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => settle({ code, signal, said, browser: openedIn(root) }))
  })
  return { child, said: () => said, ended }
}

function openedIn(root: string): readonly string[] {
  if (!existsSync(join(root, 'opened'))) return []
  return readFileSync(join(root, 'opened'), 'utf8').trim().split('\n')
}
