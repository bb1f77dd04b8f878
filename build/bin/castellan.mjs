#!/usr/bin/env -S node --max-semi-space-size=8
/**
 * The terminal: `castellan VERB`. Runs under the project's own Node (24) whatever Node called it. As in the shells, a small nursery
 * keeps the memory of long lists and syncs flat, at no noticeable cost.
 */
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Not imported: an import loads whatever `node:fs` could need, which takes a tenth of the time of a short answer.
const { existsSync } = module.createRequire(import.meta.url)('node:fs')
const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'out/node/cli.js')

if (!existsSync(cli)) await build()
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Not the default folder, which every user of the machine may write to.
  module.enableCompileCache?.(join(root, '.cache/compile'))
  await import(pathToFileURL(cli).href)
} else {
  await runOnProjectNode()
}

/** In a fresh tree: packages and build first. Where the product is installed, both are there. */
async function build() {
  const { enter } = await import('../enter.mjs')
  await enter('build-only.mjs')
  if (!existsSync(cli)) process.exit(1)
}

async function runOnProjectNode() {
  const [{ spawn }, { projectNode }] = await Promise.all([import('node:child_process'), import('../project-node.mjs')])
  const words = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const child = spawn(projectNode(root), words, { stdio: 'inherit' })
  // The terminal sends its signals to both; the child answers them. One that ends this process alone is passed on.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.exitCode = await new Promise((settle) => {
    child.on('error', () => settle(1))
    child.on('exit', (code) => settle(code ?? 1))
  })
}
