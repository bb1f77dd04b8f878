/** `npm run dist:check`: makes the packages of all systems with a stand-in for Electron, and checks what is in them. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('dist-check.mjs')
