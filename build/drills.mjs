/**
 * `npm run drills [-- NAME… --count N --seed N]`: all cases of the drills that `npm test` samples. Plain Node from
 * 20.11.
 */
import { enter } from './enter.mjs'

await enter('drills.mjs')
