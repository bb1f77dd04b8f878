import { resolve } from 'node:path'

import { say, since } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { electronBinary } from './electron-binary.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
const start = performance.now()
const electron = await electronBinary(root, { retry: process.argv.includes('--retry-electron') })
say(`Node ${process.versions.node}`)
say(electron.path === undefined ? `${electron.reason}; ${electron.todo}` : 'Electron is here')
const wanted = { browser: true, tests: true }
const ready = (await installPackages(await missingPackages(wanted), wanted)) && ensureBuilt(root)
say(ready ? `set up in ${since(start)}; npm start opens the window` : 'the set-up is not complete; see above')
process.exitCode = ready ? 0 : 1
