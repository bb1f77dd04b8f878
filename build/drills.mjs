/** `npm run drills [-- NAME… --count N --seed N]`: what `npm test` samples, whole. Plain Node from 20.11. */
import { enter } from './enter.mjs'

await enter('drills.mjs')
