import { Combobox, Kbd, useCombobox } from '@mantine/core'
import { IconCheck, IconSelector, IconStack } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../shared/contract/clients.ts'
import { ClientDot } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { plural } from '../ui/relative.ts'
import { useQuery } from '../ui/use-query.ts'
import { query } from '../data/api.ts'
import { MOD } from '../data/keys.ts'
import { useScope } from '../data/scope.ts'
import { useClientInScope, useClients } from '../data/use-clients.ts'

/** The value of the option for all clients; a slug is never empty. */
const ALL = ''

interface ScopeSwitchProps {
  /** Only the client's colour is shown; a tooltip has its name. */
  readonly compact: boolean
}

/** The scope switch at the top of the rail: all clients, or one by its whole name. */
export function ScopeSwitch({ compact }: ScopeSwitchProps): ReactElement {
  const { client: slug, setClient } = useScope()
  const { client } = useClientInScope()
  const clients = useClients()
  const isRead = useQuery(query.client.list.queryOptions({ input: { archived: false } })).isSuccess
  const name = client?.name ?? slug ?? 'All clients'
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => {
      combobox.focusSearchInput()
      combobox.updateSelectedOptionIndex('active')
    },
  })
  const wanted = search.trim().toLowerCase()
  const shown = clients.filter((each) => `${each.name} ${each.slug}`.toLowerCase().includes(wanted))
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={280}
      withinPortal={false}
      onOptionSubmit={(value) => {
        setClient(value === ALL ? undefined : value)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className="c-scope"
          title={compact ? name : undefined}
          aria-label={compact ? `Scope: ${name}. Switch client` : undefined}
          onClick={() => combobox.toggleDropdown()}
        >
          {client ? <ClientDot colour={client.colour} /> : <IconStack size={16} stroke={1.7} aria-hidden />}
          {compact ? null : (
            <>
              <span className="c-visually-hidden">Scope: </span>
              <span className="c-scope-name">
                {client ? <Named text={client.name} /> : name}
                <span className="c-scope-detail">{isRead ? describe(client, clients) : UNREAD}</span>
              </span>
              <span className="c-visually-hidden">. Switch client</span>
              <IconSelector size={15} aria-hidden />
            </>
          )}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className="c-scope-dropdown">
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder="Find a client"
          aria-label="Find a client"
        />
        <Combobox.Options mah={380} className="c-scope-options" aria-label="Clients">
          {wanted === '' ? (
            <Combobox.Option value={ALL} active={slug === undefined}>
              <ScopeOption shortcut={`${MOD} 0`} checked={slug === undefined}>
                <IconStack size={14} aria-hidden />
                <span>All clients</span>
              </ScopeOption>
            </Combobox.Option>
          ) : null}
          {shown.map((each) => (
            <Combobox.Option key={each.slug} value={each.slug} active={each.slug === slug}>
              <ScopeOption shortcut={findShortcut(clients.indexOf(each))} checked={each.slug === slug}>
                <ClientDot colour={each.colour} />
                <Named text={each.name} />
              </ScopeOption>
            </Combobox.Option>
          ))}
          {shown.length === 0 ? <Combobox.Empty>No client found</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** How much the scope contains. */
/** Keeps the line's height until the clients are read. */
const UNREAD = '\u00a0'

function describe(client: Client | null, clients: readonly Client[]): string {
  return client === null ? plural(clients.length, 'client') : plural(client.connections, 'connection')
}

/** The first nine clients have a digit. */
function findShortcut(index: number): string | null {
  return index >= 0 && index < 9 ? `${MOD} ${index + 1}` : null
}

interface ScopeOptionProps {
  readonly shortcut: string | null
  readonly checked: boolean
  readonly children: React.ReactNode
}

function ScopeOption({ shortcut, checked, children }: ScopeOptionProps): ReactElement {
  return (
    <span className="c-scope-option">
      {children}
      <span className="c-push" />
      {checked ? <IconCheck size={14} aria-hidden /> : null}
      {shortcut === null ? null : <Kbd size="xs">{shortcut}</Kbd>}
    </span>
  )
}
