import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'yaml'

/** What `package.json` and `electron-builder.yml` contain. */
export function readConfiguration(root) {
  return {
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    builder: parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')),
  }
}
