/** `npm run check`: format, lint, types, unused code and unit tests, side by side. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('check.mjs')
