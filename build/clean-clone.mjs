/**
 * `npm run clean-clone [-- --test]`: the first steps of a new user, in a clone of the last commit: `npm start`, and
 * `npm test` with `--test`. Root switches to an ordinary user. There is no compiler, Python or Node headers, and the
 * npm cache is empty, so that nothing on this machine helps. Plain Node from 20.0.
 */
import { enter } from './enter.mjs'

await enter('clean-clone.mjs')
