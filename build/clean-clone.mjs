/**
 * `npm run clean-clone [-- --test]`: what a stranger does first, in a clone of the last commit: `npm start`, and `npm test`
 * when asked. As root it runs as an ordinary user; without a compiler, Python or Node's headers, and with an empty npm
 * cache, so that nothing of this machine helps. Plain Node from 20.0.
 */
import { enter } from './enter.mjs'

await enter('clean-clone.mjs')
