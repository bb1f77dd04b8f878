import { Button, Group, Stack } from '@mantine/core'
import type { ReactElement } from 'react'

import type { TodayEntry } from '../../../shared/contract/today.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Status } from '../../ui/status.tsx'
import { BAND_TITLES, KIND_TITLES, RISK_LABELS } from './labels.ts'
import { toLink } from './links.ts'
import type { Form } from './search.ts'
import classes from './today.module.css'

interface EntryPanelProps {
  readonly entry: TodayEntry
  readonly decide: (form: Form) => void
  readonly restore: () => void
  readonly onClose: () => void
}

/** Everything known about an entry, and what can be done about it. */
export function EntryPanel({ entry, decide, restore, onClose }: EntryPanelProps): ReactElement {
  const risk = RISK_LABELS[entry.risk]
  return (
    <SidePanel
      kind={KIND_TITLES[entry.kind]}
      title={entry.says}
      onClose={onClose}
      marks={
        <Status tone={risk.tone} icon={risk.icon}>
          {`${risk.word} risk`}
        </Status>
      }
    >
      <div className={classes['facts']}>
        <dl>
          <Fact name="When">{BAND_TITLES[entry.band]}</Fact>
          <Fact name="Why here">{entry.why}</Fact>
          {entry.detail === '' ? null : <Fact name="Details">{entry.detail}</Fact>}
          <Fact name={entry.clients.length === 1 ? 'Client' : 'Clients'}>
            <Stack gap={3}>
              {entry.clients.map((client) => (
                <ClientMark key={client.slug} client={client} />
              ))}
            </Stack>
          </Fact>
          {entry.contact === '' ? null : <Fact name="Contact">{entry.contact}</Fact>}
          {entry.note === '' ? null : <Fact name="Note">{entry.note}</Fact>}
        </dl>
        <Group gap={8}>
          <ButtonLink {...toLink(entry.action.target)} variant="filled">
            {entry.action.label}
          </ButtonLink>
          {entry.hidden === null ? (
            <>
              <Button variant="default" onClick={() => decide('snooze')}>
                Snooze…
              </Button>
              <Button variant="default" onClick={() => decide('note')}>
                {entry.note === '' && entry.contact === '' ? 'Add note…' : 'Edit note…'}
              </Button>
              <Button variant="subtle" onClick={() => decide('dismiss')}>
                Dismiss…
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={restore}>
              Return to Today
            </Button>
          )}
        </Group>
      </div>
    </SidePanel>
  )
}

interface FactProps {
  readonly name: string
  readonly children: ReactElement | string
}

function Fact({ name, children }: FactProps): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
