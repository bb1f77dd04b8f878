import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { createPackage, getRawHeader, uncacheAll } from '@electron/asar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { bundles, listEntryPoints } from '../../../build/bundles.mjs'
import { findWrongIntegrity } from '../../../build/pack/check/integrity.mjs'
import { findWrongKey } from '../../../build/pack/check/key.mjs'
import {
  findMissingEntries,
  findWrongOptions,
  findWrongPolicy,
  findWrongPreload,
} from '../../../build/pack/check/window.mjs'
import { contentSecurityPolicy } from '../../../electron/shell/headers.ts'

const OPTIONS =
  'app.enableSandbox();open({sandbox:!0,contextIsolation:!0,nodeIntegration:!1});' +
  'add("host-resolver-rules","MAP * ~NOTFOUND");refuse("remote-debugging-port","remote-debugging-pipe");'
const POLICY = contentSecurityPolicy('${nonce}')
const PAGE = '<head><link href="/assets/a.css"></head><body><script type="module" src="/assets/a.js"></script></body>'
const PRELOAD =
  'let e=require("electron");listen(t=>e.ipcRenderer.send(`castellan:connect`)),e.ipcRenderer.on(`castellan:port`,pass);'

const FILES = {
  'out/main/main.js': `${OPTIONS}send(\`${POLICY}\`);`,
  'out/main/main-chunks/print.js': "send(`default-src 'none'; style-src 'unsafe-inline'`);",
  'out/preload/preload.cjs': PRELOAD,
  'out/renderer/index.html': PAGE,
  'out/renderer/assets/a.css': '@font-face{src:url(/assets/a.woff2)}',
}

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-window-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  const to = join(folder, path)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text)
}

/** A package of a window with these files in place of the sound ones, opened. */
async function pack(files: Readonly<Record<string, string>> = {}, terminal = '') {
  uncacheAll()
  for (const [path, text] of Object.entries({ ...FILES, ...files })) write(`archive/${path}`, text)
  write('resources/terminal/out/node/cli.js', terminal)
  await createPackage(join(folder, 'archive'), join(folder, 'resources/app.asar'))
  return { resources: join(folder, 'resources'), program: folder }
}

const withMain = (text: string) => ({ 'out/main/main.js': `${OPTIONS}send(\`${POLICY}\`);${text}` })
const withPolicy = (policy: string) => ({ 'out/main/main.js': `${OPTIONS}send(\`${policy}\`);` })

describe('the programs and threads of the window', () => {
  it('are wrong where a package lacks one of them', async () => {
    const all = listEntryPoints(bundles('/', '/')).filter((name) => name !== 'preload')
    const listFiles = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`out/main/${name}.js`, '']))
    expect(findMissingEntries(await pack(listFiles(all)))).toEqual([])
    rmSync(join(folder, 'archive/out/main/thread.js'))
    const others = all.filter((name) => name !== 'thread')
    expect(findMissingEntries(await pack(listFiles(others)))).toEqual(['out/main/thread.js is missing'])
  })
})

describe('the window in a package', () => {
  it('is right as the sources have it', async () => {
    const opened = await pack()
    expect([findWrongOptions(opened), findWrongPolicy(opened), findWrongPreload(opened)]).toEqual([[], [], []])
  })

  it.each([
    ['sandbox:!1'],
    ['contextIsolation:!1'],
    ['nodeIntegration:!0'],
    ['nodeIntegrationInWorker:true'],
    ['webSecurity:!1'],
    ['webviewTag:!0'],
    ['allowRunningInsecureContent:!0'],
  ])('is wrong with %s anywhere in the main process', async (option) => {
    expect(findWrongOptions(await pack({ 'out/main/main-chunks/print.js': `open({${option}})` }))).toEqual([
      `the main process has ${option}`,
    ])
  })

  it('is wrong with a switch that turns the sandbox off or opens a port', async () => {
    expect(findWrongOptions(await pack(withMain('app.commandLine.appendSwitch("no-sandbox")')))).toHaveLength(1)
    const port = 'app.commandLine.appendSwitch(`remote-debugging-port`,`1`)'
    expect(findWrongOptions(await pack(withMain(port)))).toHaveLength(1)
  })

  it.each([['enableSandbox()'], ['sandbox:!0'], ['MAP * ~NOTFOUND'], ['remote-debugging-pipe']])(
    'is wrong without %s',
    async (word) => {
      expect(findWrongOptions(await pack({ 'out/main/main.js': OPTIONS.replace(word, '') }))).toEqual([
        `the main process has no ${word}`,
      ])
    },
  )
})

describe('the policy of the pages in a package', () => {
  it.each([
    [POLICY.replace("frame-src 'none'; ", ''), "the policy of the pages has no frame-src 'none'"],
    [POLICY.replace("script-src 'self'", "script-src 'self' https:"), "a policy allows scripts by 'self' https:"],
    [`${POLICY} 'unsafe-eval'`, 'a policy allows the evaluation of text'],
  ])('is wrong as %j', async (policy, problem) => {
    expect(findWrongPolicy(await pack(withPolicy(policy)))).toContain(problem)
  })

  it.each([
    ['<script src="https://cdn.example/a.js"></script>', 'the page loads https://cdn.example/a.js'],
    ['<link href=//cdn.example/a.css>', 'the page loads //cdn.example/a.css'],
    ['<script>run()</script>', 'the page has a script in its text'],
    ['<body onload="run()">', 'the page has a handler in its text'],
    ['<style>body{}</style>', 'the page has a style in its text'],
  ])('does not fit a page with %j', async (text, problem) => {
    expect(findWrongPolicy(await pack({ 'out/renderer/index.html': `${PAGE}${text}` }))).toEqual([problem])
  })

  it('does not fit a style from elsewhere', async () => {
    const css = '@import "//cdn.example/a.css";a{background:url(https://cdn.example/a.png)}'
    expect(findWrongPolicy(await pack({ 'out/renderer/assets/a.css': css }))).toEqual([
      'out/renderer/assets/a.css loads //cdn.example/a.css',
      'out/renderer/assets/a.css loads https://cdn.example/a.png',
    ])
  })
})

describe('the preload script in a package', () => {
  it.each([
    [`${PRELOAD}e.contextBridge.exposeInMainWorld("x",{})`, 'has contextBridge of Electron'],
    [`${PRELOAD}e.ipcRenderer.invoke("read")`, 'calls ipcRenderer.invoke(read'],
    [`${PRELOAD}require("fs")`, 'loads fs'],
    [`${PRELOAD}let{ipcRenderer:i}=e`, 'calls ipcRenderer'],
    [PRELOAD.replace('castellan:port', 'other'), 'calls ipcRenderer.on(other'],
  ])('is wrong as %j', async (text, problem) => {
    expect(findWrongPreload(await pack({ 'out/preload/preload.cjs': text }))).toContain(
      `out/preload/preload.cjs ${problem}`,
    )
  })

  it('is wrong with another beside it', async () => {
    expect(findWrongPreload(await pack({ 'out/preload/more.cjs': '' }))).toEqual([
      'out/preload/more.cjs is a further preload script',
    ])
  })
})

describe('the hash of the archive', () => {
  it('is in the program on Windows and macOS, and nowhere on Linux', async () => {
    const opened = await pack()
    const { headerString } = getRawHeader(join(opened.resources, 'app.asar'))
    const hash = createHash('sha256').update(headerString).digest('hex')
    for (const [platform, place] of [
      ['win32', 'Castellan.exe'],
      ['darwin', 'Contents/Info.plist'],
    ] as const) {
      write(place, 'another hash')
      expect(findWrongIntegrity(opened, { platform })).toEqual([
        `${place} does not have the hash of the archive, ${hash}`,
      ])
      write(place, `before ${hash} after`)
      expect(findWrongIntegrity(opened, { platform })).toEqual([])
    }
    expect(findWrongIntegrity(opened, { platform: 'linux' })).toBeNull()
  })
})

describe('the release key in a package', () => {
  const newKey = () => generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const strip = (pem: string) => pem.replaceAll(/-----[A-Z ]+-----|\s/gu, '')

  it('is the one that the build was given, in both programs', async () => {
    const key = newKey()
    const built = `read(${JSON.stringify(key)})`
    expect(findWrongKey(await pack(withMain(built), built), key)).toEqual([])
    expect(findWrongKey(await pack(withMain(built.replaceAll('"', '`')), ''), key)).toEqual([
      `the terminal program has no release key ${strip(key)}`,
    ])
    expect(findWrongKey(await pack(), null)).toEqual([])
  })

  it('is wrong where it is another, or where the build was given none', async () => {
    const [key, other] = [newKey(), newKey()]
    const built = `read(${JSON.stringify(other)})`
    expect(findWrongKey(await pack(withMain(built), built), null)).toEqual([
      `the window has another release key, ${strip(other)}`,
      `the terminal program has another release key, ${strip(other)}`,
    ])
    expect(findWrongKey(await pack(withMain(built), built), key)).toHaveLength(4)
  })
})
