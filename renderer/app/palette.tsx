import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconAddressBook, IconBuilding, IconKey, IconSearch, IconStack2, type TablerIcon } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState, type ReactElement } from 'react'

import type { Outputs } from '../../shared/contract/contract.ts'
import { ClientMark } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { toFailure } from '../ui/failure.ts'
import { query } from '../data/api.ts'
import { ChosenAction } from './chosen-action.ts'
import { FirstChoice } from './first-choice.tsx'
import { matchingEntries, paletteEntries, type PaletteAct } from './palette-entries.ts'
import { COMBOBOX, EntryGroups, GROUP, LIST_ID, LISTBOX, OPTION, PALETTE } from './palette-list.tsx'
import { useScope } from '../data/scope.ts'
import { useClientInScope, useClients } from '../data/use-clients.ts'
import { lockNow } from '../data/lock-now.ts'
import { syncNow } from '../data/sync-now.ts'
import { useInfo } from '../data/use-info.ts'
import { useScheme } from '../data/use-scheme.ts'

type Found = Outputs['search']['find'][number]

const NONE: readonly Found[] = []

/** Shorter queries would match nearly everything: the register's index consists of three-letter pieces. */
const SHORTEST_SEARCH = 2

const FOUND_ICONS: Readonly<Record<Found['kind'], TablerIcon>> = {
  person: IconAddressBook,
  key: IconKey,
  project: IconStack2,
  client: IconBuilding,
}

/** Ctrl/Cmd+K: go to a page, switch client, run an action, or find a person, key, project or client. */
export function Palette({ openHelp }: { readonly openHelp: () => void }): ReactElement {
  const [typed, setTyped] = useState('')
  const { client } = useClientInScope()
  const isSample = useInfo()?.sample === true
  const offered = paletteEntries(useClients(), client)
  // The sample's connections have no keys, and are never synced.
  const entries = matchingEntries(isSample ? offered.filter(({ act }) => act.kind !== 'sync') : offered, typed)
  const act = usePaletteAct(openHelp)
  const search = useFound(typed)
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const nothing = entries.byLabel.length + entries.others.length === 0 && search.found.length === 0
  return (
    <Spotlight.Root {...PALETTE} query={typed} onQueryChange={setTyped} title="Search or go to">
      <Spotlight.Search
        ref={input}
        placeholder={
          client ? `Search in ${client.name}, or go to…` : 'Search people, keys, projects, clients, or go to…'
        }
        aria-label="Search or go to"
        {...COMBOBOX}
        aria-expanded={!nothing}
        leftSection={<IconSearch size={17} aria-hidden />}
      />
      <Spotlight.ActionsList ref={list} id={LIST_ID} {...(nothing ? {} : LISTBOX)}>
        <EntryGroups entries={entries.byLabel} act={act} />
        {search.found.length > 0 ? (
          <Spotlight.ActionsGroup label="Results" {...GROUP} aria-label="Results">
            {search.found.map((each) => (
              <FoundAction key={`${each.kind}:${each.id}`} found={each} />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        <EntryGroups entries={entries.others} act={act} />
        {nothing ? (
          <Spotlight.Empty>{search.failure ?? (search.pending ? 'Searching…' : 'No results')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
      <ChosenAction list={list} input={input} />
      {typed === '' ? null : (
        <FirstChoice
          key={`${typed}:${search.found.map(({ kind, id }) => `${kind}${id}`).join()}`}
          list={list}
          input={input}
        />
      )}
    </Spotlight.Root>
  )
}

interface Search {
  readonly found: readonly Found[]
  readonly pending: boolean
  readonly failure: string | null
}

function useFound(typed: string): Search {
  const { client } = useScope()
  const [wanted] = useDebouncedValue(typed.trim(), 120)
  const enabled = wanted.length >= SHORTEST_SEARCH
  const find = useQuery({
    ...query.search.find.queryOptions({ input: { client, query: wanted, limit: 20 } }),
    enabled,
    placeholderData: keepPreviousData,
  })
  // Clients are already listed under “Switch client”.
  const found = useMemo(() => (find.data ?? NONE).filter(({ kind }) => kind !== 'client'), [find.data])
  if (!enabled || typed.trim().length < SHORTEST_SEARCH) return { found: NONE, pending: false, failure: null }
  return {
    found,
    pending: find.isFetching || wanted !== typed.trim(),
    failure: find.error ? toFailure(find.error).message : null,
  }
}

function FoundAction({ found }: { readonly found: Found }): ReactElement {
  const navigate = useNavigate()
  const open = (): void => {
    if (found.kind === 'person') void navigate({ to: '/people', search: { person: found.id } })
    else if (found.kind === 'key') void navigate({ to: '/keys', search: { key: found.id } })
    else if (found.kind === 'project') void navigate({ to: '/projects', search: { project: found.id } })
  }
  const Icon = FOUND_ICONS[found.kind]
  return (
    <Spotlight.Action onClick={open} {...OPTION}>
      <span className="c-palette-row">
        <Icon size={16} stroke={1.7} aria-hidden />
        <span className="c-visually-hidden">{`${found.kind}: `}</span>
        <span className="c-palette-label">
          <Named text={found.title} />
        </span>
        <span className="c-palette-detail">
          <Named text={found.detail} otherwise="" />
        </span>
        {found.client ? <ClientMark client={found.client} /> : null}
      </span>
    </Spotlight.Action>
  )
}

/** Runs a palette entry. */
function usePaletteAct(openHelp: () => void): (act: PaletteAct) => void {
  const navigate = useNavigate()
  const { client, setClient } = useScope()
  const { cycle } = useScheme()
  return (act) => {
    switch (act.kind) {
      case 'go':
        return void navigate({ to: act.path, search: {} })
      case 'scope':
        return setClient(act.slug)
      case 'sync':
        return void syncNow({ client })
      case 'export':
        return void navigate({ to: '/files', search: { view: 'export' } })
      case 'open-review':
        return void navigate({ to: '/reviews', search: { start: 'admins' } })
      case 'add-client':
        return void navigate({ to: '/clients', search: { add: true } })
      case 'add-connection':
        return void navigate({ to: '/connections', search: { add: true } })
      case 'scheme':
        return cycle()
      case 'lock':
        return void lockNow()
      case 'help':
        return openHelp()
    }
  }
}
