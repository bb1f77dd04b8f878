/** `npm start [-- --profile DIR]`: the set-up as far as it is needed, then the window. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('start.mjs')
