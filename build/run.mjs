/** Runs a script under the project's own Node (24), whatever Node called it: `node build/run.mjs SCRIPT [ARGUMENTS]`. */
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { projectNode } from './project-node.mjs'

const [script, ...rest] = process.argv.slice(2)
const root = fileURLToPath(new URL('..', import.meta.url))
const node = projectNode(root)
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter) },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1))
