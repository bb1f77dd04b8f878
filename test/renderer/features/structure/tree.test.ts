import { describe, expect, it } from 'vitest'

import { toLines, treeMove, makeTree, type TreeLine } from '../../../../renderer/features/structure/tree.ts'
import type { AccessRow } from '../../../../shared/contract/access.ts'
import type { KeyRow } from '../../../../shared/contract/keys.ts'

const project = (id: number) => ({
  id,
  name: `Project ${id}`,
  externalId: `proj_${id}`,
  status: 'active',
  isDefault: false,
  people: 1,
  serviceAccounts: 0,
  keys: 1,
})

const CLIENTS = [
  {
    client: { slug: 'acme', name: 'Acme', colour: '#332288' },
    connections: [
      {
        id: 1,
        label: 'Acme on OpenAI',
        provider: 'openai',
        organizationId: 'org-1',
        organizationName: null,
        people: 2,
        keys: 3,
        projects: [project(10), project(11)],
      },
    ],
  },
]

const grant = (principalId: number, rowKey: string) => ({ rowKey, principal: { id: principalId } }) as AccessRow

const ids = (lines: readonly TreeLine[]): readonly string[] => lines.map(({ node }) => node.id)

const open =
  (...which: readonly string[]) =>
  (id: string): boolean =>
    which.includes(id)

describe('the tree of a client', () => {
  it('shows only open nodes', () => {
    const tree = makeTree(CLIENTS, new Map())
    expect(ids(toLines(tree, open()))).toEqual(['client-acme'])
    const lines = toLines(tree, open('client-acme', 'connection-1'))
    expect(ids(lines)).toEqual(['client-acme', 'connection-1', 'project-10', 'project-11'])
    expect(lines.map(({ level, position, siblings, parent }) => [level, position, siblings, parent])).toEqual([
      [1, 1, 1, -1],
      [2, 1, 1, 0],
      [3, 1, 2, 1],
      [3, 2, 2, 1],
    ])
  })

  it('contains the keys and each person of a project once', () => {
    const keys = [{ keyId: 7 } as KeyRow]
    const access = [grant(1, 'a'), grant(1, 'b'), grant(2, 'c')]
    const lines = toLines(
      makeTree(CLIENTS, new Map([[10, { state: 'loaded', keys, access }]])),
      open('client-acme', 'connection-1', 'project-10'),
    )
    expect(ids(lines).slice(3, 6)).toEqual(['key-7', 'principal-10-1', 'principal-10-2'])
    const first = lines[4]?.node.thing
    expect(first?.kind === 'principal' && first.more).toBe(1)
  })

  it('shows what is loading, what failed, and what is empty', () => {
    const getNote = (inside: Parameters<typeof makeTree>[1]) =>
      toLines(makeTree(CLIENTS, inside), () => true)
        .map(({ node }) => node.thing)
        .filter((thing) => thing.kind === 'note')
        .map(({ note }) => note)
    expect(getNote(new Map([[10, { state: 'loading' }]]))).toEqual(['loading'])
    expect(getNote(new Map([[10, { state: 'failed' }]]))).toEqual(['failed'])
    expect(getNote(new Map([[10, { state: 'loaded', keys: [], access: [] }]]))).toEqual(['nothing'])
  })
})

describe('the keys of a tree', () => {
  const lines = toLines(makeTree(CLIENTS, new Map()), open('client-acme', 'connection-1'))

  it('move, and stop at the ends', () => {
    expect(treeMove('ArrowDown', 0, lines, 10)).toEqual({ type: 'stand', line: 1 })
    expect(treeMove('ArrowUp', 0, lines, 10)).toEqual({ type: 'stand', line: 0 })
    expect(treeMove('End', 0, lines, 10)).toEqual({ type: 'stand', line: 3 })
    expect(treeMove('PageUp', 3, lines, 10)).toEqual({ type: 'stand', line: 0 })
  })

  it('open with right and go in when open, close with left and go out when closed', () => {
    expect(treeMove('ArrowRight', 2, lines, 10)).toEqual({ type: 'set', ids: ['project-10'], open: true })
    expect(treeMove('ArrowRight', 1, lines, 10)).toEqual({ type: 'stand', line: 2 })
    expect(treeMove('ArrowLeft', 1, lines, 10)).toEqual({ type: 'set', ids: ['connection-1'], open: false })
    expect(treeMove('ArrowLeft', 3, lines, 10)).toEqual({ type: 'stand', line: 1 })
  })

  it('open all siblings with a star, and ignore other keys', () => {
    expect(treeMove('*', 2, lines, 10)).toEqual({ type: 'set', ids: ['project-10', 'project-11'], open: true })
    expect(treeMove('a', 2, lines, 10)).toBeNull()
    expect(treeMove('ArrowDown', 9, [], 10)).toBeNull()
  })
})
