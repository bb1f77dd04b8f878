import { join, relative, resolve, sep } from 'node:path'

import * as ast from 'typescript/unstable/ast'
import { API, type Project, SymbolFlags } from 'typescript/unstable/sync'

const root = resolve(import.meta.dirname, '../../..')
const DECLARED = '/node_modules/electron/electron.d.ts'

/** A use of Electron in our source: `App.quit`, `App 'before-quit'` or `new Tray`, and the files that it is in. */
export interface Use {
  readonly call: string
  readonly files: readonly string[]
}

/** What events and answers carry: values, which no emulation is needed for. */
const VALUES =
  /^(?:__type|EditFlags|Display|ProcessMetric|PermissionRequest|Process)$|(?:Event|Params|Result|Details|Settings)$/u

/** Their events are channels of ours. */
const CHANNELS = new Set(['IpcMain', 'IpcRenderer'])

/**
 * The files of the application that use Electron, without what they import: opening the project of `electron/` takes ten
 * seconds longer and finds no other call.
 */
const PROJECT = join(import.meta.dirname, 'tsconfig.calls.json')
const OURS = /^electron\/(?:main\.ts|preload\.ts|shell\/)/u

/** All uses of Electron's calls, properties and events in the source of the application, as the compiler resolves them. */
export function electronCalls(): readonly Use[] {
  const api = new API({ cwd: root })
  const uses = new Map<string, Set<string>>()
  try {
    const project = api.updateSnapshot({ openProject: PROJECT }).getProject(PROJECT)
    if (project === undefined) throw new Error(`The compiler does not know ${PROJECT}.`)
    for (const name of project.program.getSourceFileNames()) {
      const file = relative(root, name).split(sep).join('/')
      if (!OURS.test(file)) continue
      for (const call of callsIn(project, name)) uses.set(call, (uses.get(call) ?? new Set()).add(file))
    }
  } finally {
    api.close()
  }
  return [...uses]
    .map(([call, files]) => ({ call, files: [...files].toSorted() }))
    .toSorted((a, b) => a.call.localeCompare(b.call, 'en'))
}

function callsIn(project: Project, name: string): readonly string[] {
  const source = project.program.getSourceFile(name)
  if (source === undefined || !source.text.includes('electron')) return []
  const nodes: (ast.NewExpression | ast.PropertyAccessExpression)[] = []
  const visit = (node: ast.Node): void => {
    if (ast.isNewExpression(node) || ast.isPropertyAccessExpression(node)) nodes.push(node)
    node.forEachChild(visit)
  }
  visit(source)
  const symbols = project.checker.getSymbolAtLocation(
    nodes.map((node) => (ast.isNewExpression(node) ? node.expression : node.name)),
  )
  return nodes.flatMap((node, at) => {
    const found = symbols[at]
    if (found === undefined) return []
    if (ast.isNewExpression(node)) {
      const declared = (found.flags & SymbolFlags.Alias) === 0 ? found : project.checker.getAliasedSymbol(found)
      return isElectrons(declared) ? [`new ${declared.name}`] : []
    }
    const owner = isElectrons(found) ? found.getParent()?.name : undefined
    if (owner === undefined || VALUES.test(owner)) return []
    // A window's calls are declared by what it is made from.
    const kind = owner === 'BaseWindow' ? 'BrowserWindow' : owner
    const event = toEvent(node)
    return [event === null || CHANNELS.has(kind) ? `${kind}.${found.name}` : `${kind} '${event}'`]
  })
}

function isElectrons(symbol: { readonly declarations: readonly { readonly path: string }[] }): boolean {
  return symbol.declarations.some(({ path }) => path.endsWith(DECLARED))
}

/** The event that `x.on('event', …)` waits for; null for another access. */
function toEvent(node: ast.PropertyAccessExpression): string | null {
  const { parent } = node
  if (!['on', 'once'].includes(node.name.text) || !ast.isCallExpression(parent) || parent.expression !== node)
    return null
  const [event] = parent.arguments
  return event !== undefined && ast.isStringLiteral(event) ? event.text : null
}
