/** `npm test`: the set-up with what tests need, then all tests. The last line counts them. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('test.mjs')
