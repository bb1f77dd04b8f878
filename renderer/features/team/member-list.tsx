import { Button, Table } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { TeamDevice, TeamMember, TeamStatus } from '../../../shared/contract/team.ts'
import { api, query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { AGENCY_ROLE_LABELS, CLIENT_ROLE_LABELS, describeDecided } from './team-labels.ts'
import { useClientNames } from './use-client-names.ts'
import classes from './team.module.css'

/** A right that is about to be taken away, in words. */
interface Revocation {
  readonly title: string
  readonly verb: string
  readonly words: string
  readonly input: Inputs['team']['revoke']
}

/** The members with their roles, their access and their devices. Acts that a person may not do are not offered. */
export function MemberList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const [revocation, setRevocation] = useState<Revocation | null>(null)
  const queries = useQueryClient()
  const isOwner = team.state === 'member' && team.own?.roles.includes('owner') === true
  const active = team.members.filter((member) => member.active)
  const former = team.members.filter((member) => !member.active)
  if (team.members.length === 0) return null
  return (
    <section className="c-card" aria-label="Members">
      <div className="c-card-head">
        <h2 className="c-card-title">Members</h2>
      </div>
      <SmallTable id="members-of-a-team" minWidth={860} headings={['Member', 'Agency', 'Clients', 'Devices', ACTIONS]}>
        {[...active, ...former].map((member) => (
          <MemberRow key={member.uid} member={member} isOwner={isOwner} ask={setRevocation} />
        ))}
      </SmallTable>
      {isOwner || team.state !== 'member' ? null : (
        <div className={classes['body']}>
          <p className="c-help">Only an owner changes members; a lead changes the access to their clients.</p>
        </div>
      )}
      <Confirm
        opened={revocation !== null}
        close={() => setRevocation(null)}
        title={revocation?.title ?? ''}
        verb={revocation?.verb ?? ''}
        danger
        act={async () => {
          if (revocation === null) return
          const decided = await api.team.revoke(revocation.input)
          await queries.invalidateQueries({ queryKey: query.team.key() })
          notifyDone({ message: describeDecided(decided, 'Taken away.') })
        }}
      >
        {revocation?.words} What was read before stays on their devices. The keys of the clients concerned are replaced.
      </Confirm>
    </section>
  )
}

interface RowProps {
  readonly member: TeamMember
  readonly isOwner: boolean
  readonly ask: (revocation: Revocation) => void
}

function MemberRow({ member, isOwner, ask }: RowProps): ReactElement {
  const [, set] = useSearchState('/team')
  const name = visibleText(member.name)
  const isChangeable = isOwner && member.active
  return (
    <Table.Tr data-archived={!member.active || undefined}>
      <Table.Th scope="row">
        {name}
        {member.own ? ' (you)' : ''}
        <span className="c-sub">{visibleText(member.email)}</span>
      </Table.Th>
      <Table.Td>
        {member.active ? (
          member.roles.map((role) => AGENCY_ROLE_LABELS[role]).join(', ') || <span className="c-quiet">None</span>
        ) : (
          <Status tone="quiet" plain>
            Removed
          </Status>
        )}
      </Table.Td>
      <Table.Td>
        <AccessList member={member} isChangeable={isChangeable} ask={ask} />
      </Table.Td>
      <Table.Td>
        <DeviceList member={member} isChangeable={isChangeable} ask={ask} />
      </Table.Td>
      <Table.Td className="c-row-actions">
        {isChangeable && !member.roles.includes('owner') ? (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Give access to ${name}`}
            onClick={() => set({ grant: member.uid })}
          >
            Give access…
          </Button>
        ) : null}
        {isChangeable && !member.own ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            aria-label={`Remove ${name}`}
            onClick={() =>
              ask({
                title: `Remove ${name}?`,
                verb: 'Remove member',
                words: `${name} and all their devices leave the team.`,
                input: { member: member.uid },
              })
            }
          >
            Remove…
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  )
}

interface PartProps {
  readonly member: TeamMember
  readonly isChangeable: boolean
  readonly ask: (revocation: Revocation) => void
}

function AccessList({ member, isChangeable, ask }: PartProps): ReactElement {
  const findName = useClientNames()
  if (member.roles.includes('owner')) return <>Every client, as lead</>
  if (member.access.length === 0) {
    return member.roles.includes('auditor') ? <>Every client, as viewer</> : <span className="c-quiet">None</span>
  }
  return (
    <ul className="c-list">
      {member.access.map(({ client, uid, role }) => {
        const shown = findName(client) ?? 'A client not read yet'
        return (
          <li key={uid}>
            {shown}: {CLIENT_ROLE_LABELS[role]}{' '}
            {isChangeable && client !== null ? (
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                aria-label={`Take away the access of ${visibleText(member.name)} to ${shown}`}
                onClick={() =>
                  ask({
                    title: 'Take away access?',
                    verb: 'Take away access',
                    words: `${visibleText(member.name)} reads nothing new of ${shown}.`,
                    input: { member: member.uid, client },
                  })
                }
              >
                Take away…
              </Button>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

function DeviceList({ member, isChangeable, ask }: PartProps): ReactElement {
  if (member.devices.length === 0) return <span className="c-quiet">Invited</span>
  return (
    <ul className="c-list">
      {member.devices.map((device) => (
        <li key={device.uid}>
          <DeviceName device={device} />{' '}
          {(isChangeable || member.own) && device.active && !device.own ? (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={`Revoke ${device.login}`}
              onClick={() =>
                ask({
                  title: 'Revoke this device?',
                  verb: 'Revoke device',
                  words: `The device ${device.login} of ${visibleText(member.name)} leaves the team.`,
                  input: { device: device.uid },
                })
              }
            >
              Revoke…
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function DeviceName({ device }: { readonly device: TeamDevice }): ReactElement {
  return (
    <span className={device.active ? undefined : 'c-quiet'}>
      <bdi className="c-mono">{device.login}</bdi>
      {device.own ? ' (this device)' : device.active ? '' : ' (revoked)'}
    </span>
  )
}
