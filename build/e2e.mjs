/** `npm run e2e [-- --all] [ARGUMENTS OF PLAYWRIGHT]`: the tests of windows; `--all` is the whole matrix. `npm run pictures`: with pictures. Plain Node from 20.11. */
import { enter } from './enter.mjs'

await enter('e2e.mjs')
