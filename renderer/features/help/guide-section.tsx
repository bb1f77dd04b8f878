import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { LOCK_SHORTCUT, MOD } from '../../data/keys.ts'

interface Task {
  readonly title: string
  readonly text: string
  readonly links: readonly (Pick<LinkProps, 'to' | 'search'> & { readonly label: string })[]
}

/** In the order of the first weeks. */
const TASKS: readonly Task[] = [
  {
    title: 'Add a client',
    text: 'A client is a customer, or your own organization, whose access you govern. Everything belongs to one client; the switch at the top left shows one of them or all.',
    links: [{ label: 'Add client', to: '/clients', search: { add: true } }],
  },
  {
    title: 'Connect a provider',
    text: 'A connection is one organization at OpenAI, Anthropic or OpenRouter, read with an admin credential, or a file of any other platform. Begin with read-only access: Castellan then changes nothing there.',
    links: [{ label: 'Add connection', to: '/connections', search: { add: true } }],
  },
  {
    title: 'Sync',
    text: 'A sync reads people, projects, keys, roles and limits. A list that could not be read completely removes nothing, and the connection shows which list that was. Sync before every review.',
    links: [
      { label: 'Show connections', to: '/connections', search: {} },
      { label: 'Show changes since a sync', to: '/changes', search: {} },
    ],
  },
  {
    title: 'Work through findings',
    text: 'A finding is a violation of a rule; the most severe come first. Each has its evidence and its actions: change it at the provider, or accept the risk until a date, with a reason. Thresholds are set in the policy, also for one client.',
    links: [
      { label: 'Show findings', to: '/findings', search: {} },
      { label: 'Edit the policy', to: '/settings', search: { section: 'policy' } },
    ],
  },
  {
    title: 'Remove access of leavers',
    text: 'Import the file of your HR system, and people who left are listed with the access that they still have. A change is previewed with its exact requests before anything is sent, and the audit log records it.',
    links: [
      { label: 'Show leavers', to: '/leavers', search: {} },
      { label: 'Import an HR file', to: '/files', search: { view: 'personnel' } },
    ],
  },
  {
    title: 'Review access',
    text: 'A review takes a snapshot of who has which access. The reviewer decides for each item, or for many in a batch, and signs off. The evidence pack is signed and can be checked without Castellan.',
    links: [
      { label: 'Start a review', to: '/reviews', search: {} },
      { label: 'Check an evidence pack', to: '/settings', search: { section: 'recovery' } },
    ],
  },
  {
    title: 'Rotate keys',
    text: 'Every key has an age, and a date on which it is due. Reminders come 30, 14, 7 and 1 days before it and on the day, as notifications too. Mark a key as rotated, or snooze it with a date.',
    links: [
      { label: 'Show keys that are due', to: '/rotation', search: {} },
      { label: 'Open Today', to: '/', search: {} },
    ],
  },
  {
    title: 'Follow usage',
    text: 'Usage and cost are read from the providers by day. Records of your own programs can be imported from a file or a watched folder, and are compared with what was billed.',
    links: [
      { label: 'Show usage', to: '/usage', search: {} },
      { label: 'Compare records with bills', to: '/usage/reconciliation', search: {} },
    ],
  },
  {
    title: 'Export and import',
    text: 'The register is exported as Markdown, CSV, JSON or a workbook, and the rotation dates as a calendar. An import is shown row by row before it changes the register.',
    links: [
      { label: 'Export the register', to: '/files', search: { view: 'export' } },
      { label: 'Import a file', to: '/files', search: { view: 'import' } },
    ],
  },
  {
    title: 'Back up and recover',
    text: 'Castellan copies the register once a day, and before an update. Write down the recovery code and keep it apart from this machine: without it and without this machine’s keychain, a copy cannot be opened.',
    links: [{ label: 'Show backups and the recovery code', to: '/settings', search: { section: 'recovery' } }],
  },
  {
    title: 'Lock',
    text: `${LOCK_SHORTCUT} closes the register and clears the window; it is also locked after a time without use, and when the machine sleeps. Unlocking takes the key from the keychain, or the recovery code.`,
    links: [{ label: 'Set when it locks', to: '/settings', search: {} }],
  },
  {
    title: 'Find anything',
    text: `${MOD} K searches people, keys, projects and clients, and runs actions. A list is filtered by the field above it, and sorted by its headings.`,
    links: [{ label: 'Show all shortcuts', to: '/help', search: { section: 'shortcuts' } }],
  },
]

/** The tasks of the first weeks, each with links to its pages. */
export function GuideSection(): ReactElement {
  return (
    <ol className="c-guide">
      {TASKS.map(({ links, text, title }) => (
        <li key={title} className="c-card c-padded">
          <h2>{title}</h2>
          <p>{text}</p>
          <div className="c-guide-links">
            {links.map(({ label, ...place }) => (
              <Link key={label} {...place}>
                {label}
              </Link>
            ))}
          </div>
        </li>
      ))}
    </ol>
  )
}
