import { Spotlight } from '@mantine/spotlight'
import { IconAddressBook, IconBuilding, IconKey, IconStack2, type TablerIcon } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, type ReactElement } from 'react'

import type { ClientRef } from '../../shared/contract/common.ts'
import type { SearchKind } from '../../shared/contract/files.ts'
import { api, query } from '../data/api.ts'
import { findOpened, useRecent, type RecentThing } from '../data/recent.ts'
import { ClientMark } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { useQueries } from '../ui/use-query.ts'
import { GROUP, OPTION } from './palette-list.tsx'

/** A person, key or project as the palette shows it. */
export interface FoundThing {
  readonly kind: SearchKind
  readonly id: number
  readonly title: string
  readonly detail: string
  readonly client: ClientRef | null
}

const ICONS: Readonly<Record<SearchKind, TablerIcon>> = {
  person: IconAddressBook,
  key: IconKey,
  project: IconStack2,
  client: IconBuilding,
}

interface FoundGroupProps {
  readonly label: string
  readonly found: readonly FoundThing[]
}

/** People, keys and projects under a heading; nothing without one. */
export function FoundGroup({ label, found }: FoundGroupProps): ReactElement | null {
  if (found.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label} {...GROUP} aria-label={label}>
      {found.map((each) => (
        <FoundAction key={`${each.kind}:${each.id}`} found={each} />
      ))}
    </Spotlight.ActionsGroup>
  )
}

function FoundAction({ found }: { readonly found: FoundThing }): ReactElement {
  const navigate = useNavigate()
  const open = (): void => {
    if (found.kind === 'person') void navigate({ to: '/people', search: { person: found.id } })
    else if (found.kind === 'key') void navigate({ to: '/keys', search: { key: found.id } })
    else if (found.kind === 'project') void navigate({ to: '/projects', search: { project: found.id } })
  }
  const Icon = ICONS[found.kind]
  return (
    <Spotlight.Action onClick={open} {...OPTION}>
      <span className="c-palette-row">
        <Icon size={16} stroke={1.7} aria-hidden />
        <span className="c-visually-hidden">{`${found.kind}: `}</span>
        <span className="c-cut c-palette-label">
          <Named text={found.title} />
        </span>
        <span className="c-cut c-palette-detail">
          <Named text={found.detail} otherwise="" />
        </span>
        {found.client ? <ClientMark client={found.client} /> : null}
      </span>
    </Spotlight.Action>
  )
}

/** The things that were opened last, with their present names; one that is in another scope is left out. */
export function RecentGroup({ client }: { readonly client: string | undefined }): ReactElement | null {
  const [recent] = useRecent()
  const found = useQueries({
    queries: recent.map((thing) => namedQuery(thing, client)),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  })
  return <FoundGroup label="Recent" found={found} />
}

function namedQuery({ kind, id }: RecentThing, client: string | undefined) {
  return {
    queryKey: [...query.search.key(), 'recent', kind, id, client],
    queryFn: () => readNamed(kind, id, client),
    retry: false,
  }
}

/** Throws what the service answers for a thing that is not there, or not in scope. */
async function readNamed(
  kind: RecentThing['kind'],
  id: number,
  client: string | undefined,
): Promise<FoundThing | null> {
  if (kind === 'person') {
    const { row } = await api.people.get({ personId: id, client })
    const [only, ...others] = row.clients
    return { kind, id, title: row.name, detail: row.email ?? '', client: others.length === 0 ? (only ?? null) : null }
  }
  if (kind === 'key') {
    const { row } = await api.keys.get({ keyId: id })
    return inScope(client, { kind, id, title: row.name, detail: row.hint ?? '', client: row.client })
  }
  const { row } = await api.projects.get({ projectId: id })
  return inScope(client, { kind, id, title: row.name, detail: '', client: row.client })
}

function inScope(client: string | undefined, thing: FoundThing): FoundThing | null {
  return client === undefined || thing.client?.slug === client ? thing : null
}

/** Remembers the thing whose panel is opened, on whatever page. */
export function useRecording(): void {
  const opened = useLocation({
    select: ({ pathname, search }) => {
      const thing = findOpened(pathname, search)
      return thing === null ? null : `${thing.kind} ${thing.id}`
    },
  })
  const [, add] = useRecent()
  const record = useEffectEvent((thing: string) => {
    const [kind, id] = thing.split(' ')
    add({ kind: kind as RecentThing['kind'], id: Number(id) })
  })
  useEffect(() => {
    if (opened !== null) record(opened)
  }, [opened])
}
