import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState, type ReactElement, type Ref } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { useQueries, useQuery } from '../../ui/use-query.ts'
import { KeyPanel } from '../keys/panel.tsx'
import { PersonPanel } from '../people/panel.tsx'
import { ProjectPanel } from '../projects/panel.tsx'
import type { StructureSearch } from './search.ts'
import classes from './structure.module.css'
import { TreeView, type TreeHandle } from './tree-view.tsx'
import { toLines, projectNodeId, makeTree, type TreeLine, type Inside } from './tree.ts'

const route = getRouteApi('/projects/tree')

const CLOSED: StructureSearch = { person: undefined, key: undefined, project: undefined }

type Tree = Outputs['structure']['tree']

/** The clients in scope as a tree: organization, projects, and in each its keys and people. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const tree = useQuery(query.structure.tree.queryOptions({ input: { client } }))
  const handle = useRef<TreeHandle>(null)
  const open = (what: StructureSearch): void => void navigate({ search: (now) => ({ ...now, ...CLOSED, ...what }) })
  const close = (): void => open(CLOSED)
  const isEmpty = tree.data?.every((each) => each.connections.length === 0) === true
  return (
    <PageFrame title="Projects" fill tabs={<AreaTabs label="Projects" />}>
      <ListAndPanel
        focusList={() => handle.current?.focus()}
        list={
          tree.data && !isEmpty ? (
            <Structure clients={tree.data} search={search} open={open} close={close} handle={handle} />
          ) : (
            <div className={classes['state']}>
              {tree.error ? (
                <Failed error={tree.error} retry={() => void tree.refetch()} />
              ) : isEmpty ? (
                <ListEmpty what="organizations" filtered={false} onClear={close} />
              ) : (
                <Loading what="the structure" rows={10} />
              )}
            </div>
          )
        }
        panel={findPanel(search, close)}
      />
    </PageFrame>
  )
}

function findPanel(search: StructureSearch, close: () => void): ReactElement | null {
  if (search.project !== undefined) {
    return <ProjectPanel key={`project-${search.project}`} projectId={search.project} onClose={close} />
  }
  if (search.key !== undefined) return <KeyPanel key={`key-${search.key}`} keyId={search.key} onClose={close} />
  if (search.person !== undefined) {
    return <PersonPanel key={`person-${search.person}`} personId={search.person} onClose={close} />
  }
  return null
}

interface StructureProps {
  readonly clients: Tree
  readonly search: StructureSearch
  readonly open: (what: StructureSearch) => void
  readonly close: () => void
  readonly handle: Ref<TreeHandle>
}

function Structure({ clients, search, open, close, handle }: StructureProps): ReactElement {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map())
  // One client is expanded to its projects, several only to their organizations.
  const isOpen = (id: string): boolean =>
    chosen.get(id) ?? (id.startsWith('client-') || (clients.length === 1 && id.startsWith('connection-')))
  const openProjects = clients
    .flatMap((each) => each.connections.flatMap((connection) => connection.projects.map((project) => project.id)))
    .filter((id) => chosen.get(projectNodeId(id)) === true)
  const inside = useInside(openProjects)
  const show = ({ node: { thing } }: TreeLine): boolean => {
    if (thing.kind === 'project') open({ project: thing.project.id })
    else if (thing.kind === 'key') open({ key: thing.key.keyId })
    else if (thing.kind === 'principal' && thing.row.principal.personId !== null) {
      open({ person: thing.row.principal.personId })
    } else return false
    return true
  }
  return (
    <TreeView
      handle={handle}
      label="Clients, organizations, projects, keys and people"
      lines={toLines(makeTree(clients, inside), isOpen)}
      setOpen={(ids, opened) => setChosen((now) => new Map([...now, ...ids.map((id) => [id, opened] as const)]))}
      show={show}
      shownId={findShownId(search)}
      onEscape={close}
    />
  )
}

/** The node whose panel is open; a person is in many places of the tree, and none is marked. */
function findShownId(search: StructureSearch): string | null {
  if (search.project !== undefined) return projectNodeId(search.project)
  return search.key === undefined ? null : `key-${search.key}`
}

/** The content of the open projects, each read when it is opened. */
function useInside(projectIds: readonly number[]): ReadonlyMap<number, Inside> {
  return useQueries({
    queries: projectIds.map((projectId) => query.projects.get.queryOptions({ input: { projectId } })),
    combine: (results) =>
      new Map(
        results.flatMap(({ data, error }, index): [number, Inside][] => {
          const projectId = projectIds[index]
          if (projectId === undefined) return []
          if (data) return [[projectId, { state: 'loaded', keys: data.keys, access: data.access }]]
          return [[projectId, { state: error === null ? 'loading' : 'failed' }]]
        }),
      ),
  })
}
