import { bundles, listEntryPoints } from '../../bundles.mjs'
import { contentSecurityPolicy } from '../../../electron/shell/headers.ts'
import { listArchive, readAllArchived, readArchived } from './archive.mjs'

/** The program of the main process. */
const MAIN = /^out\/main\/main(?:\.js|-chunks\/.*\.js)$/u
const PRELOAD = 'out/preload/preload.cjs'
const PAGE = 'out/renderer/index.html'

/** The options that give a page access to the system, each with what a package never has. Minified, `!0` is true. */
const REFUSED_OPTIONS = [
  /\bsandbox:(?:!1|false)\b/u,
  /\bcontextIsolation:(?:!1|false)\b/u,
  /\bnodeIntegration(?:InWorker|InSubFrames)?:(?:!0|true)\b/u,
  /\bwebSecurity:(?:!1|false)\b/u,
  /\ballowRunningInsecureContent:(?:!0|true)\b/u,
  /\bwebviewTag:(?:!0|true)\b/u,
  /appendSwitch\(\s*[`'"](?:no-sandbox|disable-web-security|remote-debugging-)/u,
]

/**
 * The words of the main process: the sandbox of all pages, no name resolved, and the switches of debugging that it
 * refuses.
 */
const NEEDED_WORDS = [
  'enableSandbox()',
  'sandbox:!0',
  'contextIsolation:!0',
  'nodeIntegration:!1',
  'host-resolver-rules',
  'MAP * ~NOTFOUND',
  'remote-debugging-port',
  'remote-debugging-pipe',
]

/** All that the preload script calls. */
const PRELOAD_CALLS = ['ipcRenderer.send(castellan:connect', 'ipcRenderer.on(castellan:port']

/** The other modules that a preload script in the sandbox can have of Electron. */
const OTHER_PARTS = /\b(?:contextBridge|crashReporter|nativeImage|webFrame|webUtils|clipboard|sharedTexture)\b/gu

/** The programs and threads of the window, which its self-test starts. */
export function findMissingEntries({ resources }) {
  const archived = new Set(listArchive(resources))
  return listEntryPoints(bundles('/', '/'))
    .map((name) => (name === 'preload' ? PRELOAD : `out/main/${name}.js`))
    .filter((file) => !archived.has(file))
    .map((file) => `${file} is missing`)
}

/** The window's options in the packed main process. */
export function findWrongOptions({ resources }) {
  const main = readAllArchived(resources, MAIN)
  return [
    ...NEEDED_WORDS.filter((word) => !main.includes(word)).map((word) => `the main process has no ${word}`),
    ...REFUSED_OPTIONS.flatMap((pattern) => pattern.exec(main)?.[0] ?? []).map(
      (found) => `the main process has ${found}`,
    ),
  ]
}

/** The policy that the main process sends with each page, and what the packed pages load and run. */
export function findWrongPolicy({ resources }) {
  const main = readAllArchived(resources, MAIN)
  const directives = contentSecurityPolicy('NONCE')
    .split('; ')
    .map((directive) => directive.replace(/NONCE'$/u, ''))
  const scripts = [...main.matchAll(/script-src ([^`"; ]+(?: [^`"; ]+)*)/gu)].map(([, sources]) => sources)
  return [
    ...directives
      .filter((directive) => !main.includes(directive))
      .map((directive) => `the policy of the pages has no ${directive}`),
    ...scripts.filter((sources) => sources !== "'self'").map((sources) => `a policy allows scripts by ${sources}`),
    ...(main.includes('unsafe-eval') ? ['a policy allows the evaluation of text'] : []),
    ...findWrongPage(readArchived(resources, PAGE)),
    ...findRemoteStyles(resources),
  ]
}

/** Pages load their own files only, and have no script or handler in their text. */
function findWrongPage(page) {
  const addresses = [...page.matchAll(/\s(?:src|href)\s*=\s*["']?([^"'\s>]*)/giu)].map(([, address]) => address)
  return [
    ...addresses.filter((address) => !/^\/(?!\/)/u.test(address)).map((address) => `the page loads ${address}`),
    ...(/<script(?![^>]*\ssrc=)[^>]*>/iu.test(page) ? ['the page has a script in its text'] : []),
    ...(/<[^>]*\son[a-z]+\s*=/iu.test(page) ? ['the page has a handler in its text'] : []),
    ...(/<style/iu.test(page) ? ['the page has a style in its text'] : []),
  ]
}

function findRemoteStyles(resources) {
  return listArchive(resources)
    .filter((file) => /^out\/renderer\/.*\.css$/u.test(file))
    .flatMap((file) => {
      const found = [
        ...readArchived(resources, file).matchAll(/(?:url\(|@import)\s*["']?((?:https?:)?\/\/[^"')\s;]+)/giu),
      ]
      return found.map(([, address]) => `${file} loads ${address}`)
    })
}

/** The preload script asks for a port and hands it to the page. It has nothing else of Electron. */
export function findWrongPreload({ resources }) {
  const files = listArchive(resources).filter((file) => /^out\/preload\/.*\./u.test(file))
  const text = readArchived(resources, PRELOAD)
  const loaded = [...text.matchAll(/\b(?:require|import)\s*\(?\s*[`'"]([^`'"]*)/gu)].map(([, module]) => module)
  const calls = [...text.matchAll(/\bipcRenderer\b(?:\.\w+\([`'"][^`'"]*)?/gu)].map(([call]) =>
    call.replace(/[`'"]/u, ''),
  )
  return [
    ...files.filter((file) => file !== PRELOAD).map((file) => `${file} is a further preload script`),
    ...loaded.filter((module) => module !== 'electron').map((module) => `${PRELOAD} loads ${module}`),
    ...calls.filter((call) => !PRELOAD_CALLS.includes(call)).map((call) => `${PRELOAD} calls ${call}`),
    ...PRELOAD_CALLS.filter((call) => !calls.includes(call)).map((call) => `${PRELOAD} does not call ${call}`),
    ...(text.match(OTHER_PARTS) ?? []).map((part) => `${PRELOAD} has ${part} of Electron`),
  ]
}
