/** `npm run dist [-- --linux|--mac|--win …]`: builds and packs the desktop application. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('dist.mjs')
