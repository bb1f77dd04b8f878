import { resolve } from 'node:path'

import { ensureBuilt } from './built.mjs'

if (!ensureBuilt(resolve(import.meta.dirname, '../..'))) process.exitCode = 1
