import { api, query } from '../../data/api.ts'
import { Button, Group } from '@mantine/core'
import { IconDeviceLaptopOff, IconRefresh, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { ExchangeResult, TeamStatus } from '../../../shared/contract/team.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { useDecision } from './use-decision.ts'
import { DecisionLists, Section, StoppedList } from './decision-list.tsx'
import { FoundDialog } from './found-dialog.tsx'
import { InviteDialog, RoleDialog, SecretCode } from './invite-dialog.tsx'
import { JoinForm } from './join-form.tsx'
import { describeTeam, nameMember, TEAM_ROLE_LABELS } from './labels.ts'
import { ApprovalList, MemberList } from './member-list.tsx'
import classes from './team.module.css'
import { UnheldList } from './unheld-list.tsx'
import { useClientNames } from './use-client-names.ts'

/** The team of the profile: its members and devices, what waits, and what needs a decision. */
export function Page(): ReactElement {
  const [{ act, grant }, set] = useSearchState('/team')
  const status = useQuery(query.team.status.queryOptions())
  const close = (): void => set({ act: undefined, grant: undefined })
  const known = status.data
  const state = known === undefined ? null : describeTeam(known)
  const isOwner = known?.state === 'member' && known.own?.role === 'owner'
  return (
    <PageFrame
      title="Team"
      aside={state === null ? undefined : <Status tone={state.tone}>{state.label}</Status>}
      tabs={<AreaTabs label="Settings" />}
      actions={
        known?.state === 'member' || known?.state === 'asking' ? (
          <>
            <Exchange />
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
        {(answer) =>
          answer.state === 'none' ? (
            <NoTeam act={(next) => set({ act: next })} />
          ) : (
            <Body status={answer} found={() => set({ act: 'found' })} setRole={(member) => set({ grant: member })} />
          )
        }
      </Answer>
      <FoundDialog opened={act === 'found'} close={close} />
      <Dialog opened={act === 'join'} onClose={close} title="Join a team" size={520}>
        <JoinForm joined={close} close={close} />
      </Dialog>
      <InviteDialog opened={act === 'invite' && isOwner} close={close} />
      <RoleDialog member={known?.members.find(({ uid }) => uid === grant) ?? null} close={close} />
    </PageFrame>
  )
}

/** Exchanges with the server, and reports what came and went. */
function Exchange(): ReactElement {
  const queries = useQueryClient()
  const exchange = useMutation(
    query.team.exchange.mutationOptions({
      onError: notifyFailed,
      onSuccess: (done) => notifyDone({ message: describeExchange(done) }),
      onSettled: () => queries.invalidateQueries({ queryKey: query.team.key() }),
    }),
  )
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      loading={exchange.isPending}
      onClick={() => exchange.mutate(undefined)}
    >
      Exchange now
    </Button>
  )
}

export function describeExchange({ read, placed, enrolled, askedBack, refused, sentences }: ExchangeResult): string {
  const done = [
    `${read} read`,
    `${placed} placed`,
    ...(enrolled === 0 ? [] : [`${plural(enrolled, 'device')} let in`]),
    ...(askedBack.length === 0 ? [] : [`${askedBack.length} asked back`]),
    ...(refused.length === 0 ? [] : [`${refused.length} did not count`]),
  ]
  return [`Exchanged: ${done.join(', ')}.`, ...sentences].join(' ')
}

interface BodyProps {
  readonly status: TeamStatus
  readonly found: () => void
  readonly setRole: (member: string) => void
}

function Body({ status, found, setRole }: BodyProps): ReactElement {
  if (status.state === 'otherDevice') {
    return (
      <Empty icon={IconDeviceLaptopOff} title="The keys of this device are not here">
        {status.sentence}
      </Empty>
    )
  }
  return (
    <>
      <Summary status={status} found={found} />
      <StoppedList status={status} />
      <DecisionLists status={status} />
      <MemberList status={status} setRole={setRole} />
      <ApprovalList status={status} />
      <UnheldList status={status} />
    </>
  )
}

/** The team, its server, what waits, and what needs a person. */
export function Summary({ status, found }: Pick<BodyProps, 'status' | 'found'>): ReactElement {
  const findName = useClientNames()
  const { name, server, own, lastContact, problems, sentence, root, waiting } = status
  return (
    <Section
      title={visibleText(name ?? 'A team')}
      about={sentence ?? 'Everything that is decided here goes to the others.'}
    >
      <div className={classes['text']}>
        {problems.map((problem) => (
          <output key={problem} className="c-prose">
            <Status tone="warn" plain>
              Needs attention
            </Status>{' '}
            {visibleText(problem)}
          </output>
        ))}
        <dl className="c-facts">
          {own === null ? null : (
            <>
              <dt>You</dt>
              <dd>
                {nameMember(own)} ({TEAM_ROLE_LABELS[own.role]})
              </dd>
            </>
          )}
          {server === null ? null : (
            <>
              <dt>Server</dt>
              <dd className="c-mono c-break">
                {server.host}:{server.port}/{server.database}
              </dd>
            </>
          )}
          <dt>Last contact</dt>
          <dd>{lastContact === null ? 'Not since Castellan started' : <When at={lastContact} />}</dd>
          {waiting.length === 0 ? null : (
            <>
              <dt>Waiting</dt>
              <dd>{waiting.map(({ client, count }) => `${findName(client) ?? 'The agency'}: ${count}`).join(', ')}</dd>
            </>
          )}
          {root === null ? null : (
            <>
              <dt>Root</dt>
              <dd className="c-mono c-break" title="Every invite and every device has this head">
                {root}
              </dd>
            </>
          )}
        </dl>
        <Group gap="xs">
          {status.state === 'founding' ? <Button onClick={found}>Continue set-up…</Button> : null}
          {own?.role === 'owner' ? <Paper /> : null}
          {status.state === 'member' ? <Leave /> : null}
        </Group>
      </div>
    </Section>
  )
}

/** Replaces the recovery code, and shows the new one, once. */
function Paper(): ReactElement {
  const [code, setCode] = useState<string | null>(null)
  const queries = useQueryClient()
  const paper = useMutation(
    query.team.paper.mutationOptions({
      gcTime: 0,
      onError: notifyFailed,
      onSuccess: (made) => setCode(made.code),
      onSettled: () => queries.invalidateQueries({ queryKey: query.team.key() }),
    }),
  )
  return (
    <>
      <Button variant="default" size="compact-sm" loading={paper.isPending} onClick={() => paper.mutate(undefined)}>
        Replace recovery code
      </Button>
      <Dialog opened={code !== null} onClose={() => setCode(null)} title="Recovery code" size={520} held>
        <SecretCode code={code ?? ''} label="Recovery code" verb="I’ve printed it" done={() => setCode(null)}>
          Print this code and lock it away. It is not shown again, and the former one has ended.
        </SecretCode>
      </Dialog>
    </>
  )
}

function Leave(): ReactElement {
  const [isAsking, setAsking] = useState(false)
  const leave = useDecision(api.team.leave)
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsking(true)}>
        Leave team…
      </Button>
      <Confirm
        opened={isAsking}
        close={() => setAsking(false)}
        title="Leave the team?"
        verb="Leave team"
        danger
        act={() => leave.mutateAsync(undefined)}
      >
        This device is shut out for good. What was read stays in this register, and nothing is exchanged any more.
      </Confirm>
    </>
  )
}

/** A profile without a team: what one is for, and the two ways to have one. */
function NoTeam({ act }: { readonly act: (next: 'join' | 'found') => void }): ReactElement {
  return (
    <Empty
      icon={IconUsersGroup}
      title="This profile belongs to no team"
      action={
        <Group gap="xs" justify="center">
          <Button variant="default" onClick={() => act('join')}>
            Join a team…
          </Button>
          <Button onClick={() => act('found')}>Found a team…</Button>
        </Group>
      }
    >
      In a team, several people share clients and decisions: each works offline, signs with the keys of their own
      device, and exchanges through a PostgreSQL database that cannot read anything. Credentials are never exchanged.
      Alone, you need none of it.
    </Empty>
  )
}
