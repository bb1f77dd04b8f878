import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconBell, IconDots, IconNote, IconTrashX } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { TodayEntry } from '../../../shared/contract/today.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { formatDay } from '../../ui/relative.ts'
import { RISK_LABELS } from './labels.ts'
import { toLink } from './links.ts'
import type { Form } from './search.ts'
import classes from './today.module.css'

/** Clients named in a row; of more the number is shown. */
const NAMED = 3

export interface EntryRowProps {
  readonly entry: TodayEntry
  /** True if its panel is open. */
  readonly isOpen: boolean
  /** True if there is only one client in scope, so that no row names it. */
  readonly isScoped: boolean
  readonly open: () => void
  readonly decide: (form: Form) => void
  readonly restore: () => void
}

/** One entry of the queue: its risk, its sentence, what else is known, and its one action. */
export function EntryRow({ entry, isOpen, isScoped, open, decide, restore }: EntryRowProps): ReactElement {
  const risk = RISK_LABELS[entry.risk]
  const Icon = risk.icon
  return (
    <li className={classes['row']} data-entry={entry.entryId} data-open={isOpen || undefined}>
      <span className={classes['risk']} data-tone={risk.tone} title={entry.why}>
        <Icon size={16} stroke={2} aria-hidden />
        <span className={classes['word']}>{risk.word}</span>
      </span>
      <div className={classes['text']}>
        <button type="button" data-says className={classes['says']} aria-expanded={isOpen} onClick={open}>
          {entry.says}
        </button>
        <div className={classes['detail']}>
          {isScoped ? null : <EntryClients clients={entry.clients} />}
          {entry.detail === '' ? null : <span>{entry.detail}</span>}
          <span>{entry.why}</span>
          {entry.contact === '' ? null : <span>{`Contact: ${entry.contact}`}</span>}
          {entry.note === '' ? null : <span>{`Note: ${entry.note}`}</span>}
          <HiddenBy entry={entry} />
        </div>
      </div>
      <div className={classes['actions']}>
        {entry.hidden === null ? (
          <ButtonLink
            {...toLink(entry.action.target)}
            data-action
            variant={entry.band === 'now' ? 'filled' : 'default'}
            aria-label={`${entry.action.label} ${entry.says}`}
          >
            {entry.action.label}
          </ButtonLink>
        ) : (
          <Button variant="default" data-action onClick={restore} aria-label={`Return to Today: ${entry.says}`}>
            Return to Today
          </Button>
        )}
        <EntryMenu entry={entry} decide={decide} restore={restore} />
      </div>
    </li>
  )
}

function EntryClients({ clients }: Pick<TodayEntry, 'clients'>): ReactElement {
  const more = clients.length - NAMED
  return (
    <span className={classes['clients']} title={clients.map(({ name }) => name).join(', ')}>
      {clients.slice(0, NAMED).map((client) => (
        <ClientMark key={client.slug} client={client} />
      ))}
      {more > 0 ? <span>{`and ${more} more`}</span> : null}
    </span>
  )
}

function HiddenBy({ entry: { hidden } }: Pick<EntryRowProps, 'entry'>): ReactElement | null {
  if (hidden === null) return null
  const what = hidden.until === null ? 'Dismissed' : `Snoozed until ${formatDay(hidden.until)}`
  const reason = hidden.reason === '' ? '' : `: ${hidden.reason}`
  return <span>{`${what} by ${hidden.by === '' ? 'an unnamed operator' : hidden.by}${reason}`}</span>
}

function EntryMenu({ entry, decide, restore }: Pick<EntryRowProps, 'entry' | 'decide' | 'restore'>): ReactElement {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={`More actions: ${entry.says}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {entry.hidden === null ? (
          <>
            <Menu.Item leftSection={<IconBell size={15} aria-hidden />} onClick={() => decide('snooze')}>
              Snooze…
            </Menu.Item>
            <Menu.Item leftSection={<IconNote size={15} aria-hidden />} onClick={() => decide('note')}>
              Add note…
            </Menu.Item>
            <Menu.Item leftSection={<IconTrashX size={15} aria-hidden />} onClick={() => decide('dismiss')}>
              Dismiss…
            </Menu.Item>
          </>
        ) : (
          <Menu.Item leftSection={<IconArrowBackUp size={15} aria-hidden />} onClick={restore}>
            Return to Today
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
