/** `npm run stress [-- --rounds N --load --only unit|windows]`: the tests again and again. Plain Node from 20.11. */
import { enter } from './enter.mjs'

await enter('stress.mjs')
