import { api } from '../../data/api.ts'
import { Button, Switch, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { TeamMember, TeamStatus } from '../../../shared/contract/team.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useDecision } from './use-decision.ts'
import { Section } from './decision-list.tsx'
import { CLIENT_ROLE_LABELS, nameMember, TEAM_ROLE_LABELS } from './labels.ts'
import { useClientNames } from './use-client-names.ts'

/** A member, device or role that is about to be removed, in words. */
interface Removal {
  readonly verb: string
  readonly words: string
  readonly act: () => Promise<{ readonly sentence: string }>
}

interface ListProps {
  readonly status: TeamStatus
  readonly setRole: (member: string) => void
}

/** The members with their roles and devices. What the person may not do is not offered. */
export function MemberList({ status, setRole }: ListProps): ReactElement | null {
  const [removal, setRemoval] = useState<Removal | null>(null)
  const remove = useDecision((act: Removal['act']) => act())
  if (status.members.length === 0) return null
  return (
    <Section title="Members" about="An owner changes members; a lead changes the roles for their clients.">
      <SmallTable id="members-of-a-team" minWidth={860} headings={['Member', 'Role', 'Clients', 'Devices', ACTIONS]}>
        {status.members.map((member) => (
          <MemberRow key={member.uid} member={member} own={status.own} setRole={setRole} ask={setRemoval} />
        ))}
      </SmallTable>
      <Confirm
        opened={removal !== null}
        close={() => setRemoval(null)}
        title={`${removal?.verb ?? ''}?`}
        verb={removal?.verb ?? ''}
        danger
        act={async () => {
          if (removal !== null) await remove.mutateAsync(removal.act)
        }}
      >
        {removal?.words} What was read before stays on their devices. The keys are replaced.
      </Confirm>
    </Section>
  )
}

interface RowProps {
  readonly member: TeamMember
  readonly own: TeamMember | null
  readonly setRole: (member: string) => void
  readonly ask: (removal: Removal) => void
}

function MemberRow({ member, own, setRole, ask }: RowProps): ReactElement {
  const findName = useClientNames()
  const isOwner = own?.role === 'owner'
  const leads = new Set(own?.access.flatMap(({ uid, role }) => (role === 'lead' ? uid : [])))
  const name = nameMember(member)
  const button = (verb: string, label: string, words: string, act: Removal['act']): ReactElement => (
    <Button
      size="compact-xs"
      variant="subtle"
      color="red"
      aria-label={label}
      onClick={() => ask({ verb, words, act })}
    >{`${verb.split(' ')[0]}…`}</Button>
  )
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name}
        {member.own ? ' (you)' : ''}
        <span className="c-sub">{visibleText(member.email ?? '')}</span>
      </Table.Th>
      <Table.Td>{TEAM_ROLE_LABELS[member.role]}</Table.Td>
      <Table.Td>
        {member.role === 'owner' ? (
          'Every client, as lead'
        ) : (
          <ul className="c-list">
            {member.access.map(({ client, uid, role }) => {
              const shown = findName(client) ?? 'A client not read yet'
              return (
                <li key={uid}>
                  {shown}: {CLIENT_ROLE_LABELS[role]}{' '}
                  {isOwner || leads.has(uid)
                    ? button(
                        'Take away role',
                        `Take away the role of ${name} for ${shown}`,
                        `${name} reads nothing new of ${shown}.`,
                        () => api.team.setRole({ member: member.uid, client: client ?? uid, role: null }),
                      )
                    : null}
                </li>
              )
            })}
          </ul>
        )}
      </Table.Td>
      <Table.Td>
        {member.devices.length === 0 ? <span className="c-quiet">Invited</span> : null}
        <ul className="c-list">
          {member.devices.map(({ uid, login, own: isOwn, paper }) => (
            <li key={uid}>
              <bdi className="c-mono">{login}</bdi>
              {isOwn ? ' (this device)' : paper ? ' (recovery code)' : ''}{' '}
              {(isOwner || member.own) && !isOwn && !paper
                ? button('Revoke device', `Revoke ${login}`, `The device ${login} leaves the team.`, () =>
                    api.team.revokeDevice({ device: uid }),
                  )
                : null}
            </li>
          ))}
        </ul>
      </Table.Td>
      <Table.Td className="c-row-actions">
        {isOwner || leads.size > 0 ? (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Set role… of ${name}`}
            onClick={() => setRole(member.uid)}
          >
            Set role…
          </Button>
        ) : null}
        {isOwner && !member.own
          ? button('Remove member', `Remove ${name}`, `${name} and all their devices leave the team.`, () =>
              api.team.setRole({ member: member.uid, client: null, role: null }),
            )
          : null}
      </Table.Td>
    </Table.Tr>
  )
}

/** The clients whose changes at the providers need a second member's approval. Only an owner decides it. */
export function ApprovalList({ status }: { readonly status: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  const decide = useDecision(api.team.requireApprovals)
  if (status.approvals.length === 0) return null
  return (
    <Section
      title="Approval of changes"
      about="Where it is required, a change at a provider is sent only once a lead or owner other than its author approved it. An owner decides it."
    >
      <SmallTable id="approval-of-changes" minWidth={480} headings={['Client', 'Approval by a second member']}>
        {status.approvals.map(({ client, uid, required }) => (
          <Table.Tr key={uid}>
            <Table.Th scope="row">{findName(client) ?? 'A client not read yet'}</Table.Th>
            <Table.Td>
              <Switch
                checked={required}
                disabled={status.own?.role !== 'owner' || decide.isPending}
                label={required ? 'Required' : 'Not required'}
                aria-label={`Require approval for ${findName(client) ?? uid}`}
                onChange={() => decide.mutate({ client: client ?? uid, required: !required })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </Section>
  )
}
