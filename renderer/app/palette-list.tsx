import { Kbd } from '@mantine/core'
import { Spotlight } from '@mantine/spotlight'
import type { ReactElement } from 'react'

import { ClientDot } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { GROUPS, type Entry } from './palette-entries.ts'
import { paletteStore } from './palette-store.ts'

export const LIST_ID = 'palette-choices'

/** ARIA attributes of the parts of a Spotlight; `ChosenAction` adds the chosen action. */
export const COMBOBOX = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': LIST_ID } as const
export const LISTBOX = { role: 'listbox', 'aria-label': 'Choices' } as const
export const GROUP = { role: 'group' } as const
export const OPTION = { role: 'option', 'aria-selected': false } as const

/** The look and the opening key of every palette. */
export const PALETTE = {
  store: paletteStore,
  shortcut: 'mod + K',
  tagsToIgnore: [] as string[],
  triggerOnContentEditable: true,
  scrollable: true,
  maxHeight: 'min(60vh, 560px)',
  size: 640,
  yOffset: '12vh',
  centered: false,
  overlayProps: { blur: 0, backgroundOpacity: 0.4 },
  classNames: { header: 'c-visually-hidden' },
  className: 'c-palette',
} as const

interface EntryGroupsProps<Act> {
  readonly entries: readonly Entry<Act>[]
  readonly act: (act: Act) => void
}

/** Entries under the headings of their groups. */
export function EntryGroups<Act>({ entries, act }: EntryGroupsProps<Act>): ReactElement {
  return (
    <>
      {GROUPS.map((group) => {
        const shown = entries.filter((entry) => entry.group === group)
        return shown.length === 0 ? null : (
          <Spotlight.ActionsGroup key={group} label={group} {...GROUP} aria-label={group}>
            {shown.map((entry) => (
              <EntryAction key={entry.id} entry={entry} onClick={() => act(entry.act)} />
            ))}
          </Spotlight.ActionsGroup>
        )
      })}
    </>
  )
}

interface EntryActionProps {
  readonly entry: Entry<unknown>
  readonly onClick: () => void
}

function EntryAction({ entry, onClick }: EntryActionProps): ReactElement {
  const Icon = entry.icon
  return (
    <Spotlight.Action onClick={onClick} {...OPTION}>
      <span className="c-palette-row">
        {Icon ? <Icon size={16} stroke={1.7} aria-hidden /> : <ClientDot colour={entry.colour ?? ''} />}
        <span className="c-cut c-palette-label">
          <Named text={entry.label} />
        </span>
        <span className="c-cut c-palette-detail">
          <Named text={entry.detail} />
        </span>
        {entry.shortcut === null ? null : <Kbd size="xs">{entry.shortcut}</Kbd>}
      </span>
    </Spotlight.Action>
  )
}
