import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'yaml'

/** Reads `package.json` and `electron-builder.yml`. */
export function readConfiguration(root) {
  return {
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    builder: parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')),
  }
}
