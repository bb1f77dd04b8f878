import { resolve } from 'node:path'

import { ensureBuilt } from '../../build/steps/built.mjs'

/** Some tests start the built product, as people do: it is that of the sources as they are. */
export function setup(): void {
  if (!ensureBuilt(resolve(import.meta.dirname, '../..'))) throw new Error('The product could not be built.')
}
