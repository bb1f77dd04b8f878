/** A preload: `node --import .../macos.ts` puts a process under the rules of a Mac's usual file system. */
import { fileURLToPath } from 'node:url'

import { foldOnMac } from './names.ts'
import { applyRules } from './rules.ts'

await applyRules({
  name: 'macos',
  preload: fileURLToPath(import.meta.url),
  fold: foldOnMac,
  refuse: () => null,
  refuseSync: () => null,
  signal: (signal) => signal,
  longestPath: Number.POSITIVE_INFINITY,
})
