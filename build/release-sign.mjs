/**
 * `CASTELLAN_RELEASE_SIGNING_KEY=FILE npm run release:sign [-- FOLDER]`: describes and signs the packages of a folder.
 * Plain Node from 20.0.
 */
import { enter } from './enter.mjs'

await enter('release-sign.mjs')
