import { basename, dirname, join, resolve } from 'node:path'

import react from '@vitejs/plugin-react'

import { documents } from './documents.mjs'
import { firstLinks } from './first-links.mjs'

/** Never bundled: Electron's modules, native modules, and the driver of the browser, which starts its own files. */
const EXTERNAL = ['electron', 'better-sqlite3', '@napi-rs/keyring']

const NODE = { target: 'node24', external: EXTERNAL }

/**
 * Answers of the terminal that are bundled separately: in one file each, since a file takes about as long to find as to
 * run, and as CommonJS, since an import of `node:fs` loads whatever that module could need.
 */
const QUICK = { 'electron/cli/quick/due.ts': './due.cjs' }
/** The thread beside a program, which also serves the programs in the same folder. */
const THREAD = 'electron/service/process/thread.ts'
const BROWSER_DRIVER = { target: 'node24', external: [...EXTERNAL, 'playwright-core'] }

/**
 * Every bundle of the product, as configurations of vite. Each entry is bundled separately, so that it loads only what
 * it needs; modules loaded by `import()` are chunks beside it. The commit is included, so that people can name the
 * version.
 * @param {string} root
 * @param {string} out
 * @param {{ commit: string, date: string } | null} commit
 * @param {string | null} releaseKey the public half of the release key in PEM, by which the program recognizes its updates
 * @returns {(import('vite').InlineConfig & { build: object })[]}
 */
export function bundles(root, out, commit = null, releaseKey = null) {
  const made = [
    rendererBundle(root, join(out, 'renderer')),
    nodeBundle(root, join(out, 'main'), 'main', 'electron/main.ts', NODE),
    nodeBundle(root, join(out, 'main'), 'service', 'electron/service/process/utility.ts', {
      ...NODE,
      threads: {
        thread: THREAD,
        // It has the service's libsodium, so that the self-test loads the same file.
        'self-test-secrets': 'electron/service/process/self-test-secrets.ts',
      },
    }),
    preloadBundle(root, join(out, 'preload')),
    nodeBundle(root, join(out, 'node'), 'open', 'electron/open.ts', BROWSER_DRIVER),
    nodeBundle(root, join(out, 'node'), 'service-worker', 'electron/service/process/worker.ts', NODE),
    nodeBundle(root, join(out, 'node'), 'cli', 'electron/cli/main.ts', {
      ...BROWSER_DRIVER,
      beside: QUICK,
      threads: { thread: THREAD },
    }),
    nodeBundle(root, join(out, 'node'), 'due', 'electron/cli/quick/due.ts', { ...NODE, format: 'cjs' }),
  ]
  const define = {
    CASTELLAN_BUILD: JSON.stringify(commit),
    CASTELLAN_ENTRY_POINTS: JSON.stringify(listEntryPoints(made)),
    CASTELLAN_BUILT_RELEASE_KEY: JSON.stringify(releaseKey),
    CASTELLAN_WINDOWS_PUBLISHER: JSON.stringify(process.env['CASTELLAN_WINDOWS_PUBLISHER'] || null),
  }
  return made.map((bundle) => ({ ...bundle, define: { ...bundle.define, ...define } }))
}

/**
 * The names of the programs and threads of the desktop application, which are in its archive: the self-test starts each.
 * @param {readonly (import('vite').InlineConfig & { build: object })[]} configurations
 * @returns {string[]}
 */
export function listEntryPoints(configurations) {
  return configurations
    .filter(({ build }) => ['main', 'preload'].includes(basename(build.outDir)))
    .flatMap(({ build }) => Object.keys(build.rolldownOptions.input))
}

function common(root, outDir) {
  return {
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    envDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { outDir, emptyOutDir: false, sourcemap: false, reportCompressedSize: false, copyPublicDir: false },
  }
}

/**
 * The window starts with two files: what has to run before the first schema is made, and the rest of its start. A request
 * costs it more than a module.
 */
const FIRST_CHUNKS = [
  {
    name: 'before',
    test: /node_modules[\\/]zod[\\/]|renderer[\\/]app[\\/](?:strict|nonce)\.ts$|vite[\\/]preload-helper/u,
    priority: 2,
  },
  { name: 'start', test: /renderer[\\/]app[\\/]start\.tsx$/u, priority: 1 },
]

function rendererBundle(root, outDir) {
  const base = common(join(root, 'renderer'), outDir)
  return {
    ...base,
    base: '/',
    plugins: [documents(), react(), firstLinks()],
    build: {
      ...base.build,
      target: 'chrome130',
      // The page's policy allows no script and no font from a `data:` address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      license: { fileName: 'licenses.md' },
      rolldownOptions: { output: { codeSplitting: { groups: FIRST_CHUNKS } } },
    },
  }
}

/**
 * A program for Node, with all that it needs but native modules. Its `threads` share their modules with it, which makes a
 * package smaller and a start a little slower. The modules that `beside` names are loaded from bundles of their own.
 * @returns {import('vite').InlineConfig & { build: object }}
 */
export function nodeBundle(
  root,
  outDir,
  name,
  entry,
  { target, external, threads = {}, beside = {}, format = 'es' } = NODE,
) {
  const base = common(root, outDir)
  const extension = format === 'es' ? 'js' : 'cjs'
  return {
    ...base,
    plugins: [loadBeside(root, beside)],
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ...base.build,
      ssr: true,
      target,
      minify: true,
      license: { fileName: `licenses/${name}.md` },
      rolldownOptions: {
        input: {
          [name]: join(root, entry),
          ...Object.fromEntries(Object.entries(threads).map(([thread, file]) => [thread, join(root, file)])),
        },
        external: (id) => external.some((known) => id === known || id.startsWith(`${known}/`)),
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `${name}-chunks/[name]-[hash].${extension}`,
        },
      },
    },
  }
}

/** Replaces imports of some modules by imports of the bundles that they are in. */
function loadBeside(root, beside) {
  const bundles = new Map(Object.entries(beside).map(([module, file]) => [join(root, module), file]))
  return {
    name: 'load-beside',
    enforce: 'pre',
    resolveId(source, importer) {
      const file = source.startsWith('.') && importer ? bundles.get(resolve(dirname(importer), source)) : undefined
      return file === undefined ? null : { id: file, external: true }
    },
  }
}

/** A sandboxed preload cannot import: one file in the older module format. */
function preloadBundle(root, outDir) {
  const base = common(root, outDir)
  return {
    ...base,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ...base.build,
      ssr: true,
      target: 'chrome130',
      minify: true,
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  }
}
