/** `npm run setup [-- --retry-electron]`: everything that running and testing need. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('setup.mjs')
