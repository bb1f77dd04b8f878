import { Button, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { query } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { describeDecided } from './team-labels.ts'
import classes from './team.module.css'
import { useClientNames } from './use-client-names.ts'

/** The clients whose changes at the providers need a second member's approval. Only an owner decides it. */
export function ApprovalList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  const { clients } = team.approvals
  if (team.state !== 'member' || clients.length === 0) return null
  const isOwner = team.own?.roles.includes('owner') === true
  return (
    <section className="c-card" aria-label="Approval of changes">
      <div className="c-card-head">
        <h2 className="c-card-title">Approval of changes</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          Where it is required, a change at a provider is sent only once a lead of the client or an owner, other than
          the member who added it, approved its requests.
          {isOwner ? '' : ' Only an owner decides it.'}
        </p>
      </div>
      <SmallTable id="approval-of-changes" minWidth={480} headings={['Client', 'Approval by a second member', ACTIONS]}>
        {clients.map(({ client, uid, required }) => {
          const name = findName(client) ?? 'A client that was not read yet'
          return (
            <Table.Tr key={uid}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                <Status tone={required ? 'good' : 'quiet'} plain>
                  {required ? 'Required' : 'Not required'}
                </Status>
              </Table.Td>
              <Table.Td className="c-row-actions">
                {isOwner && client !== null ? <Decide client={client} name={name} required={required} /> : null}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </SmallTable>
    </section>
  )
}

interface DecideProps {
  readonly client: string
  readonly name: string
  readonly required: boolean
}

function Decide({ client, name, required }: DecideProps): ReactElement {
  const queries = useQueryClient()
  const decide = useMutation(
    query.team.requireApprovals.mutationOptions({
      onError: notifyFailed,
      onSuccess: (decided) => {
        const words = required ? 'Changes need no approval from now on.' : 'Changes need an approval from now on.'
        notifyDone({ message: describeDecided(decided, words) })
      },
      onSettled: () => queries.invalidateQueries({ queryKey: query.team.key() }),
    }),
  )
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={decide.isPending}
      aria-label={required ? `Require none for ${name}` : `Require approval for ${name}`}
      onClick={() => decide.mutate({ client, required: !required })}
    >
      {required ? 'Require none' : 'Require approval'}
    </Button>
  )
}
