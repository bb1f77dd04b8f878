import {
  IconAddressBook,
  IconChartBar,
  IconBinaryTree2,
  IconBuildingCommunity,
  IconCalendarTime,
  IconDoorExit,
  IconClipboardCheck,
  IconCode,
  IconFileExport,
  IconFlag,
  IconHelpCircle,
  IconHistory,
  IconHome,
  IconKey,
  IconBell,
  IconPlugConnected,
  IconReportMoney,
  IconSettings,
  IconSitemap,
  IconStack2,
  IconTool,
  IconUserShield,
  type TablerIcon,
} from '@tabler/icons-react'

/** Paths of the areas; each is a route. */
export type AreaPath =
  | '/'
  | '/people'
  | '/keys'
  | '/projects'
  | '/access'
  | '/structure'
  | '/plans'
  | '/changes'
  | '/findings'
  | '/leavers'
  | '/reviews'
  | '/remedy'
  | '/usage'
  | '/reports'
  | '/rotation'
  | '/reminders'
  | '/connections'
  | '/clients'
  | '/files'
  | '/snippets'
  | '/settings'
  | '/help'

export interface AreaLink {
  readonly path: AreaPath
  readonly label: string
  /** What one finds there, for the palette. */
  readonly about: string
  readonly icon: TablerIcon
  /** Goes there after `g`. */
  readonly letter: string
}

/** The rail, in groups: who holds what, when it has to change, where it comes from. */
export const AREA_GROUPS: readonly (readonly AreaLink[])[] = [
  [
    { path: '/', label: 'Overview', about: 'What needs attention today', icon: IconHome, letter: 'o' },
    { path: '/people', label: 'People', about: 'Who holds access, and where', icon: IconAddressBook, letter: 'p' },
    { path: '/keys', label: 'Keys', about: 'Owner, age, last use, rotation', icon: IconKey, letter: 'k' },
    { path: '/projects', label: 'Projects', about: 'People, keys and limits of each', icon: IconStack2, letter: 'j' },
    { path: '/access', label: 'Access', about: 'Every grant with its path', icon: IconUserShield, letter: 'a' },
    {
      path: '/plans',
      label: 'Plans',
      about: 'How it is meant to be, and what differs',
      icon: IconSitemap,
      letter: 'w',
    },
    { path: '/structure', label: 'Structure', about: 'A client as a tree', icon: IconBinaryTree2, letter: 't' },
    { path: '/usage', label: 'Usage', about: 'Who spends what, on what', icon: IconChartBar, letter: 'u' },
    {
      path: '/reports',
      label: 'Reports',
      about: 'Usage as documents, and invoices',
      icon: IconReportMoney,
      letter: 'i',
    },
    { path: '/changes', label: 'Changes', about: 'What changed between two moments', icon: IconHistory, letter: 'h' },
  ],
  [
    { path: '/findings', label: 'Findings', about: 'What is wrong, and what to do', icon: IconFlag, letter: 'd' },
    {
      path: '/leavers',
      label: 'Leavers',
      about: 'What is left of people who have gone',
      icon: IconDoorExit,
      letter: 'e',
    },
    {
      path: '/reviews',
      label: 'Reviews',
      about: 'Who may keep what, decided and signed',
      icon: IconClipboardCheck,
      letter: 'v',
    },
    {
      path: '/remedy',
      label: 'Remedy',
      about: 'What is to be carried out at the providers',
      icon: IconTool,
      letter: 'y',
    },
    {
      path: '/rotation',
      label: 'Rotation',
      about: 'What is due, as calendar and list',
      icon: IconCalendarTime,
      letter: 'r',
    },
    { path: '/reminders', label: 'Reminders', about: 'Reminders that came up', icon: IconBell, letter: 'm' },
  ],
  [
    {
      path: '/connections',
      label: 'Connections',
      about: 'Provider organizations and their syncs',
      icon: IconPlugConnected,
      letter: 'c',
    },
    { path: '/clients', label: 'Clients', about: 'Add, edit, archive', icon: IconBuildingCommunity, letter: 'l' },
    { path: '/files', label: 'Files', about: 'Export the register, import files', icon: IconFileExport, letter: 'f' },
    { path: '/snippets', label: 'Snippets', about: 'How programs select a project', icon: IconCode, letter: 'n' },
    {
      path: '/settings',
      label: 'Settings',
      about: 'Policy, operator, colours, recovery',
      icon: IconSettings,
      letter: 's',
    },
    {
      path: '/help',
      label: 'Help',
      about: 'Guide, shortcuts, licences, version',
      icon: IconHelpCircle,
      letter: 'q',
    },
  ],
]

export const AREA_LINKS: readonly AreaLink[] = AREA_GROUPS.flat()
