/** `npm run dist:manifests [-- --check]`: what package managers and registries get for the packages in `dist`. Plain Node from 20.0. */
import { enter } from './enter.mjs'

await enter('dist-manifests.mjs')
