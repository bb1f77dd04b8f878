import { Button, Group } from '@mantine/core'
import { IconDeviceLaptopOff, IconRefresh, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ApprovalList } from './approval-list.tsx'
import { ClockList } from './clock-list.tsx'
import { ForkList } from './fork-list.tsx'
import { FoundDialog } from './found-dialog.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { HoldDialog } from './hold-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberList } from './member-list.tsx'
import { SqlSteps } from './sql-steps.tsx'
import { StreamList } from './stream-list.tsx'
import { Summary } from './summary.tsx'
import { describeTeam } from './team-labels.ts'
import { UnheldList } from './unheld-list.tsx'
import { VoidList } from './void-list.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { JoinForm } from './join-form.tsx'
import { visibleText } from '../../ui/text.ts'
import { useClientNames } from './use-client-names.ts'
import classes from './team.module.css'

/** The team of the profile: its members and devices, what is exchanged, and what did not take effect. */
export function Page(): ReactElement {
  const [{ act, grant, hold }, set] = useSearchState('/team')
  const status = useQuery(query.team.status.queryOptions())
  const exchange = useExchange()
  const close = (): void => set({ act: undefined, grant: undefined, hold: undefined })
  const known = status.data
  const state = known === undefined ? null : describeTeam(known)
  const isMember = known?.state === 'member'
  const isOwner = isMember && known.own?.roles.includes('owner') === true
  const granted = known?.members.find(({ uid, active }) => uid === grant && active)
  return (
    <PageFrame
      title="Team"
      aside={state === null ? undefined : <Status tone={state.tone}>{state.label}</Status>}
      tabs={<AreaTabs label="Settings" />}
      actions={
        isMember || known?.state === 'asking' ? (
          <>
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={exchange.isPending}
              onClick={() => exchange.mutate(undefined)}
            >
              Exchange now
            </Button>
            {isOwner ? (
              <Button leftSection={<IconUserPlus size={14} aria-hidden />} onClick={() => set({ act: 'invite' })}>
                Invite…
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      <Answer of={status} what="the team">
        {(team) => (
          <Body
            team={team}
            found={() => set({ act: 'found' })}
            join={() => set({ act: 'join' })}
            hold={(uid) => set({ hold: uid })}
          />
        )}
      </Answer>
      <FoundDialog opened={act === 'found'} close={close} />
      <JoinDialog opened={act === 'join'} close={close} />
      <InviteDialog opened={act === 'invite' && isOwner} close={close} />
      <GrantDialog member={granted ?? null} close={close} />
      <HoldDialog client={isMember ? hold : undefined} close={close} />
    </PageFrame>
  )
}

/** Exchanges with the server, and reports what came and went. */
function useExchange() {
  return useMutation(
    query.team.exchange.mutationOptions({
      onError: notifyFailed,
      onSuccess: ({ pulled, placed, enrolled, sentences }) => {
        const done = [
          `${plural(pulled, 'entry', 'entries')} read`,
          `${placed} placed`,
          ...(enrolled === 0 ? [] : [`${plural(enrolled, 'device')} let in`]),
        ]
        notifyDone({ message: [`Exchanged: ${done.join(', ')}.`, ...sentences].join(' ') })
      },
    }),
  )
}

interface BodyProps {
  readonly team: TeamStatus
  readonly found: () => void
  readonly join: () => void
  readonly hold: (uid: string) => void
}

function Body({ team, found, join, hold }: BodyProps): ReactElement {
  if (team.state === 'none') return <NoTeam found={found} join={join} />
  if (team.state === 'otherDevice') {
    return (
      <Empty icon={IconDeviceLaptopOff} title="The keys of this device are not here">
        {team.sentence}
      </Empty>
    )
  }
  return (
    <>
      <Summary team={team} />
      <SqlSteps sql={team.sql} what={team.state === 'founding' ? 'the set-up' : 'the logins'} />
      <ForkList team={team} />
      <UnreadList team={team} />
      <VoidList team={team} />
      <ClockList team={team} />
      <MemberList team={team} />
      <ApprovalList team={team} />
      <UnheldList team={team} hold={hold} />
      <StreamList team={team} />
    </>
  )
}

interface JoinDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

function JoinDialog({ opened, close }: JoinDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Join a team" size={520}>
      <JoinForm joined={close} close={close} />
    </Dialog>
  )
}

interface NoTeamProps {
  readonly found: () => void
  readonly join: () => void
}

/** A profile without a team: what one is for, and the two ways to have one. */
function NoTeam({ found, join }: NoTeamProps): ReactElement {
  return (
    <Empty
      icon={IconUsersGroup}
      title="This profile belongs to no team"
      action={
        <Group gap="xs" justify="center">
          <Button variant="default" onClick={join}>
            Join a team…
          </Button>
          <Button onClick={found}>Found a team…</Button>
        </Group>
      }
    >
      In a team, several people share clients and decisions: each signs with the keys of their own device, works
      offline, and exchanges through a PostgreSQL database that cannot read anything. Credentials are never exchanged.
      Alone, you need none of it.
    </Empty>
  )
}

/** The connections that no device of the team can read; absent while there is none. */
export function UnreadList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.unread.length === 0) return null
  return (
    <section className="c-card" aria-label="Read by no device">
      <div className="c-card-head">
        <h2 className="c-card-title">Read by no device</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          No device of the team has a credential of these connections. Set one on the device that is to read them.
        </p>
        <ul className="c-bullets">
          {team.unread.map(({ client, connection }) => (
            <li key={`${client} ${connection}`}>{`${visibleText(connection)} (${findName(client) ?? client})`}</li>
          ))}
        </ul>
      </div>
    </section>
  )
}
