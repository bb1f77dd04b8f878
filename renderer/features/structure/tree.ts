import type { AccessRow } from '../../../shared/contract/access.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'

type Client = Outputs['structure']['tree'][number]
type Connection = Client['connections'][number]
type Project = Connection['projects'][number]

/** One thing in the tree of a client. */
export type Thing =
  | { readonly kind: 'client'; readonly client: Client['client']; readonly connections: number }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'project'; readonly project: Project; readonly provider: string }
  | { readonly kind: 'key'; readonly key: KeyRow }
  | { readonly kind: 'principal'; readonly row: AccessRow; readonly more: number }
  | { readonly kind: 'note'; readonly note: 'loading' | 'failed' | 'nothing' }

export interface TreeNode {
  readonly id: string
  readonly thing: Thing
  /** Left out: the node cannot be opened. An empty list: it can, and is empty. */
  readonly children?: readonly TreeNode[]
}

/** The content of a project, once it was requested. */
export type Inside =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'loaded'; readonly keys: readonly KeyRow[]; readonly access: readonly AccessRow[] }

/** The tree of the clients in scope: organization, projects, and inside each open project its keys and people. */
export function makeTree(clients: readonly Client[], inside: ReadonlyMap<number, Inside>): readonly TreeNode[] {
  return clients.map((each) => ({
    id: `client-${each.client.slug}`,
    thing: { kind: 'client', client: each.client, connections: each.connections.length },
    children: each.connections.map((connection) => ({
      id: `connection-${connection.id}`,
      thing: { kind: 'connection', connection },
      children: connection.projects.map((project) => ({
        id: projectNodeId(project.id),
        thing: { kind: 'project', project, provider: connection.provider },
        children: narrowToGroup(project.id, inside.get(project.id)),
      })),
    })),
  }))
}

export function projectNodeId(projectId: number): string {
  return `project-${projectId}`
}

/** The children of a project that was never opened: it can be opened, and nothing else is known. */
const NOT_READ: readonly TreeNode[] = []

function narrowToGroup(projectId: number, inside: Inside | undefined): readonly TreeNode[] {
  if (inside === undefined) return NOT_READ
  const note = (which: Extract<Thing, { readonly kind: 'note' }>['note']): readonly TreeNode[] => [
    { id: `note-${projectId}`, thing: { kind: 'note', note: which } },
  ]
  if (inside.state !== 'loaded') return note(inside.state)
  const keys = inside.keys.map((key): TreeNode => ({ id: `key-${key.keyId}`, thing: { kind: 'key', key } }))
  const people = listPrincipals(inside.access).map(({ row, more }): TreeNode => ({
    id: `principal-${projectId}-${row.principal.id}`,
    thing: { kind: 'principal', row, more },
  }))
  const all = [...keys, ...people]
  return all.length === 0 ? note('nothing') : all
}

/** Each principal once, with the first of its grants and the number of others. */
function listPrincipals(access: readonly AccessRow[]): readonly { readonly row: AccessRow; readonly more: number }[] {
  const byPrincipal = Map.groupBy(access, (row) => row.principal.id)
  return [...byPrincipal.values()].flatMap(([row, ...others]) =>
    row === undefined ? [] : [{ row, more: others.length }],
  )
}

/** A node on a line of the screen. */
export interface TreeLine {
  readonly node: TreeNode
  /** From 1. */
  readonly level: number
  /** Line of its parent; -1 at the top. */
  readonly parent: number
  readonly position: number
  readonly siblings: number
  /** Null: it cannot be opened. */
  readonly open: boolean | null
}

/** The lines of a tree in which some nodes are open. */
export function toLines(roots: readonly TreeNode[], isOpen: (id: string) => boolean): readonly TreeLine[] {
  const lines: TreeLine[] = []
  const add = (nodes: readonly TreeNode[], level: number, parent: number): void => {
    nodes.forEach((node, index) => {
      const open = node.children === undefined ? null : isOpen(node.id)
      const line = lines.length
      lines.push({ node, level, parent, position: index + 1, siblings: nodes.length, open })
      if (open === true && node.children !== undefined) add(node.children, level + 1, line)
    })
  }
  add(roots, 1, -1)
  return lines
}

/** The action of a key in a tree: move to another line, or open or close a node. */
export type TreeMove =
  | { readonly type: 'stand'; readonly line: number }
  | { readonly type: 'set'; readonly ids: readonly string[]; readonly open: boolean }

/**
 * The keys of a tree (WAI-ARIA authoring practices, tree view): up and down move between lines, right opens or enters,
 * left closes or leaves, Home and End go to the ends, `*` opens all siblings. Null for any other key.
 */
export function treeMove(key: string, at: number, lines: readonly TreeLine[], page: number): TreeMove | null {
  const line = lines[at]
  if (line === undefined) return null
  const stand = (to: number): TreeMove => ({ type: 'stand', line: Math.max(0, Math.min(to, lines.length - 1)) })
  switch (key) {
    case 'ArrowDown':
      return stand(at + 1)
    case 'ArrowUp':
      return stand(at - 1)
    case 'PageDown':
      return stand(at + page)
    case 'PageUp':
      return stand(at - page)
    case 'Home':
      return stand(0)
    case 'End':
      return stand(lines.length - 1)
    case 'ArrowRight':
      if (line.open === null) return stand(at)
      return line.open ? stand(lines[at + 1]?.parent === at ? at + 1 : at) : set([line.node.id], true)
    case 'ArrowLeft':
      if (line.open === true) return set([line.node.id], false)
      return stand(line.parent === -1 ? at : line.parent)
    case '*':
      return set(
        lines.filter((each) => each.parent === line.parent && each.open === false).map((each) => each.node.id),
        true,
      )
    default:
      return null
  }
}

function set(ids: readonly string[], open: boolean): TreeMove {
  return { type: 'set', ids, open }
}
