import {
  IconBuildingPlus,
  IconClipboardCheck,
  IconFileExport,
  IconKeyboard,
  IconLock,
  IconMoon,
  IconPlugConnected,
  IconRefresh,
  IconStack,
  type TablerIcon,
} from '@tabler/icons-react'

import type { Client } from '../../shared/contract/clients.ts'
import type { AreaPath } from '../data/areas.ts'
import { LOCK_SHORTCUT, MOD } from '../data/keys.ts'
import { AREA_LINKS } from './areas.ts'

/** What the palette offers in addition to search results. */
export type PaletteAct =
  | { readonly kind: 'go'; readonly path: AreaPath }
  | { readonly kind: 'scope'; readonly slug: string | undefined }
  | { readonly kind: 'sync' | 'export' | 'open-review' | 'add-client' | 'add-connection' | 'scheme' | 'lock' | 'help' }

export const GROUPS = ['Actions', 'Go to', 'Switch client'] as const

export interface Entry<Act> {
  readonly id: string
  readonly group: (typeof GROUPS)[number]
  readonly label: string
  readonly detail: string
  /** Further search words. */
  readonly words: string
  readonly icon: TablerIcon | null
  /** A client's colour instead of an icon. */
  readonly colour: string | null
  readonly shortcut: string | null
  readonly act: Act
}
export type PaletteEntry = Entry<PaletteAct>

function doing(
  act: PaletteAct & { readonly kind: Exclude<PaletteAct['kind'], 'go' | 'scope'> },
  label: string,
  detail: string,
  icon: TablerIcon,
  words: string,
): PaletteEntry {
  return { id: `do:${act.kind}`, group: 'Actions', label, detail, words, icon, colour: null, shortcut: null, act }
}

/** Everything that the palette offers for these clients, in display order. */
export function paletteEntries(clients: readonly Client[], inScope: Client | null): readonly PaletteEntry[] {
  const whose = inScope === null ? 'all clients' : inScope.name
  return [
    doing({ kind: 'sync' }, 'Sync now', `Sync all connections of ${whose}`, IconRefresh, 'refresh update read'),
    doing(
      { kind: 'export' },
      'Export the register',
      `Of ${whose}, as Markdown, CSV, JSON or XLSX`,
      IconFileExport,
      'save markdown csv xlsx calendar',
    ),
    doing(
      { kind: 'open-review' },
      'Start a review',
      `Access review and sign-off for ${whose}`,
      IconClipboardCheck,
      'decide sign administrators keys roles membership leavers left evidence',
    ),
    doing({ kind: 'add-client' }, 'Add a client', 'Create a client', IconBuildingPlus, 'new create customer'),
    doing(
      { kind: 'add-connection' },
      'Add a connection',
      'One provider organization of a client',
      IconPlugConnected,
      'new create openai anthropic credential',
    ),
    doing(
      { kind: 'scheme' },
      'Change the colour scheme',
      'Switch between light, dark and automatic',
      IconMoon,
      'theme night light dark mode',
    ),
    {
      ...doing(
        { kind: 'lock' },
        'Lock Castellan',
        'Close the register and clear the window',
        IconLock,
        'leave away secure screen',
      ),
      shortcut: LOCK_SHORTCUT,
    },
    doing({ kind: 'help' }, 'Show the shortcuts', 'All keyboard shortcuts', IconKeyboard, 'help keys'),
    ...AREA_LINKS.map((area): PaletteEntry => ({
      id: `go:${area.path}`,
      group: 'Go to',
      label: area.label,
      detail: area.about,
      words: '',
      icon: area.icon,
      colour: null,
      shortcut: `g ${area.letter}`,
      act: { kind: 'go', path: area.path },
    })),
    {
      id: 'scope:',
      group: 'Switch client',
      label: 'All clients',
      detail: 'Show all clients',
      words: 'everything unlock',
      icon: IconStack,
      colour: null,
      shortcut: `${MOD} 0`,
      act: { kind: 'scope', slug: undefined },
    },
    ...clients.map((client, index): PaletteEntry => ({
      id: `scope:${client.slug}`,
      group: 'Switch client',
      label: client.name,
      detail: client.kind === 'internal' ? 'Internal' : 'Client',
      words: `${client.slug} ${client.domains.join(' ')}`,
      icon: null,
      colour: client.colour,
      shortcut: index < 9 ? `${MOD} ${index + 1}` : null,
      act: { kind: 'scope', slug: client.slug },
    })),
  ]
}

export interface Matches<Act> {
  /** Entries whose label contains every search word. */
  readonly byLabel: readonly Entry<Act>[]
  /** Entries that contain the words elsewhere. */
  readonly others: readonly Entry<Act>[]
}

/** The entries that contain every search word in their label, detail or search words. */
export function matchingEntries<Act>(entries: readonly Entry<Act>[], typed: string): Matches<Act> {
  const wanted = typed
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  const holds = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word))
  const byLabel = entries.filter((entry) => holds(entry.label))
  const others = entries.filter(
    (entry) => !holds(entry.label) && holds(`${entry.label} ${entry.detail} ${entry.words}`),
  )
  return { byLabel, others }
}
