import {
  IconBolt,
  IconBuildingPlus,
  IconClipboardCheck,
  IconDeviceDesktop,
  IconFileExport,
  IconFilter,
  IconHelp,
  IconKeyboard,
  IconLayoutSidebar,
  IconLock,
  IconMoon,
  IconPlugConnected,
  IconRefresh,
  IconStack,
  IconSun,
  type TablerIcon,
} from '@tabler/icons-react'

import type { Client } from '../../shared/contract/clients.ts'
import type { Settings } from '../../shared/contract/app.ts'
import { BUILT_IN_VIEWS } from '../../shared/contract/view-search.ts'
import { VIEW_LISTS, type SavedView, type ViewList } from '../../shared/contract/views.ts'
import { visibleText } from '../ui/text.ts'
import { findFamily } from '../data/area-tabs.ts'
import type { AreaPath } from '../data/areas.ts'
import { LOCK_SHORTCUT, MOD } from '../data/keys.ts'
import type { useOffers } from '../data/offered-actions.ts'
import { AREA_ENTRIES, AREA_LINKS } from './areas.ts'

type Scheme = Settings['colourScheme']

/** The acts of the palette, in addition to search results. */
export type PaletteAct =
  | { readonly kind: 'go'; readonly path: AreaPath; readonly search: Readonly<Record<string, unknown>> }
  | { readonly kind: 'scope'; readonly slug: string | undefined }
  | { readonly kind: 'scheme'; readonly scheme: Scheme }
  | { readonly kind: 'run'; readonly run: () => void }
  | { readonly kind: (typeof PLAIN)[number] }

const PLAIN = [
  'sync',
  'export',
  'open-review',
  'add-client',
  'add-connection',
  'rail',
  'lock',
  'help',
  'shortcuts',
] as const

export const GROUPS = ['On this page', 'Actions', 'Go to', 'Switch client'] as const

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
  /** Not offered before something is typed. */
  readonly onlyTyped?: true
  readonly act: Act
}
export type PaletteEntry = Entry<PaletteAct>

function doing(
  act: PaletteAct & { readonly kind: (typeof PLAIN)[number] },
  label: string,
  detail: string,
  icon: TablerIcon,
  words: string,
): PaletteEntry {
  return { id: `do:${act.kind}`, group: 'Actions', label, detail, words, icon, colour: null, shortcut: null, act }
}

const SCHEMES = [
  { scheme: 'light', label: 'Light colour scheme', detail: 'In every window', icon: IconSun },
  { scheme: 'dark', label: 'Dark colour scheme', detail: 'In every window', icon: IconMoon },
  { scheme: 'auto', label: 'System colour scheme', detail: 'As the desktop', icon: IconDeviceDesktop },
] as const satisfies readonly {
  readonly scheme: Scheme
  readonly label: string
  readonly detail: string
  icon: TablerIcon
}[]

/** The tabs of the pages that the rail does not name: an entry each, by the name of their page. */
function tabEntries(): readonly PaletteEntry[] {
  return AREA_ENTRIES.flatMap((area) => {
    const family = AREA_ENTRIES.find(({ path }) => path === findFamily(area))?.rail
    if (!family) return []
    // The first tab of an area in the rail is what the rail opens.
    const tabs = area.rail === null ? area.tabs : area.tabs.slice(1)
    return tabs.map((tab): PaletteEntry => ({
      id: `tab:${area.path}:${tab.label}`,
      group: 'Go to',
      label: `${family.label}: ${tab.label}`,
      detail: '',
      words: tab.synonyms,
      icon: family.icon,
      colour: null,
      shortcut: null,
      onlyTyped: true,
      act: { kind: 'go', path: area.path as AreaPath, search: tab.search },
    }))
  })
}

/** The acts of the open panel or page, as entries. */
export function offerEntries(offers: ReturnType<typeof useOffers>): readonly PaletteEntry[] {
  return offers.map(({ id, label, words = '', run }) => ({
    id: `offer:${id}`,
    group: 'On this page',
    label,
    detail: '',
    words,
    icon: IconBolt,
    colour: null,
    shortcut: null,
    act: { kind: 'run', run },
  }))
}

const VIEW_PLACES: Readonly<Record<ViewList, readonly [label: string, path: AreaPath]>> = {
  keys: ['Keys', '/keys'],
  people: ['People', '/people'],
  projects: ['Projects', '/projects'],
  access: ['Access', '/people/access'],
  findings: ['Findings', '/findings'],
  rotation: ['Rotation', '/rotation'],
}

/** The views of lists, as entries: those that every register has, except whole lists, and the saved ones. */
export function viewEntries(saved: readonly SavedView[]): readonly PaletteEntry[] {
  const builtIn = VIEW_LISTS.flatMap((list) =>
    BUILT_IN_VIEWS[list]
      // The first one is the whole list.
      .slice(1)
      .map(({ name, search }) => ({ list, name, search, id: `${list}:${name}`, detail: '' })),
  )
  const own = saved.map(({ viewId, list, name, search, client }) => ({
    list,
    name,
    // The view of a client is opened in its scope: among all clients its filter would show the rows of others.
    search: { ...search, saved: name, ...(client === null ? {} : { client: client.slug }) },
    id: String(viewId),
    detail: client?.name ?? '',
  }))
  return [...own, ...builtIn].map(({ list, name, search, id, detail }): PaletteEntry => {
    const [label, path] = VIEW_PLACES[list]
    return {
      id: `view:${id}`,
      group: 'Go to',
      label: `${label}: ${visibleText(name)}`,
      detail,
      words: 'view filter',
      icon: IconFilter,
      colour: null,
      shortcut: null,
      onlyTyped: true,
      act: { kind: 'go', path, search },
    }
  })
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
    ...SCHEMES.map(({ scheme, label, detail, icon }): PaletteEntry => ({
      id: `scheme:${scheme}`,
      group: 'Actions',
      label,
      detail,
      words: 'theme mode appearance night day colour color',
      icon,
      colour: null,
      shortcut: null,
      onlyTyped: true,
      act: { kind: 'scheme', scheme },
    })),
    {
      ...doing(
        { kind: 'rail' },
        'Collapse or expand the rail',
        'Icons only, or with words',
        IconLayoutSidebar,
        'sidebar menu navigation',
      ),
      shortcut: `${MOD} \\`,
      onlyTyped: true,
    },
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
    {
      ...doing(
        { kind: 'help' },
        'Show help for this page',
        'The guide, beside the page',
        IconHelp,
        'guide manual explain',
      ),
      shortcut: '?',
    },
    doing({ kind: 'shortcuts' }, 'Show the shortcuts', 'All keyboard shortcuts', IconKeyboard, 'help keys'),
    ...AREA_LINKS.map((area): PaletteEntry => ({
      id: `go:${area.path}`,
      group: 'Go to',
      label: area.label,
      detail: area.about,
      words: area.synonyms ?? '',
      icon: area.icon,
      colour: null,
      shortcut: `g ${area.letter}`,
      act: { kind: 'go', path: area.path, search: {} },
    })),
    ...tabEntries(),
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
  /** Entries whose label contains every search word, or that have each as a synonym. */
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
  const names = ({ label, words }: Entry<Act>): boolean =>
    holds(label) || wanted.every((word) => words.split(' ').includes(word))
  const offered = wanted.length === 0 ? entries.filter(({ onlyTyped }) => onlyTyped !== true) : entries
  const byLabel = offered.filter(names)
  const others = offered.filter((entry) => !names(entry) && holds(`${entry.label} ${entry.detail} ${entry.words}`))
  return { byLabel, others }
}
