/** Runs a script under the project's own Node (24), whatever Node called it: `node build/run.mjs SCRIPT [ARGUMENTS]`. */
import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'

import { projectNode } from './project-node.mjs'

const [script, ...rest] = process.argv.slice(2)
const root = resolve(import.meta.dirname, '..')
const node = projectNode(root)
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}` },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1))
