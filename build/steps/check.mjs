import { resolve } from 'node:path'

import { say, since } from '../say.mjs'
import { runChecks, STILL, UNIT } from './checks.mjs'

const start = performance.now()
const failed = await runChecks(resolve(import.meta.dirname, '../..'), [UNIT, ...STILL])
say(failed.length === 0 ? `all checks passed in ${since(start)}` : `failed: ${failed.join(', ')} (${since(start)})`)
process.exitCode = failed.length === 0 ? 0 : 1
