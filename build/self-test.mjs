/** `npm run self-test [-- --json --packed --installed --keychain]`: `castellan --self-test` in Electron, where its binary is. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('self-test.mjs')
