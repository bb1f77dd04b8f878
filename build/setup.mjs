/** `npm run setup [-- --retry-electron]`: everything that running and testing need. Plain Node from 20.11. */
import { enter } from './enter.mjs'

await enter('setup.mjs')
