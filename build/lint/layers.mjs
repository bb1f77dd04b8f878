/**
 * The lint rule of the layers: imports point one way.
 *   renderer → shared ← electron; inside electron: main, cli → shell, service → register, providers, secrets → files.
 * A tsconfig for each layer and test/layers.test.ts, which reads the import lines, check the same.
 */
import { dirname, relative, resolve, sep } from 'node:path'

import { prose } from './prose.mjs'
import { mayImport, findRoom } from './rooms.mjs'
import { typeNames } from './type-names.mjs'

const root = resolve(import.meta.dirname, '../..')

const layers = {
  meta: { type: 'problem', docs: { description: 'imports point one way between the layers' } },
  create(context) {
    const from = relative(root, context.filename).split(sep).join('/')
    const room = findRoom(from)
    if (room === null) return {}
    const check = (node) => {
      const text = node.source?.value
      if (typeof text !== 'string') return
      const target = text.startsWith('.')
        ? relative(root, resolve(dirname(context.filename), text))
            .split(sep)
            .join('/')
        : text
      const problem = mayImport(from, room, target)
      if (problem !== null) context.report({ node, message: problem })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

export default { meta: { name: 'castellan' }, rules: { layers, prose, 'type-names': typeNames } }
