import { Radio, Select } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { TeamMember } from '../../../shared/contract/team.ts'
import { CLIENT_ROLES, type ClientRole } from '../../../shared/domain/team-roles.ts'
import { query } from '../../data/api.ts'
import { useClients } from '../../data/use-clients.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { CLIENT_ROLE_HELP, CLIENT_ROLE_LABELS, describeDecided } from './team-labels.ts'

interface GrantDialogProps {
  /** Null: closed. */
  readonly member: TeamMember | null
  readonly close: () => void
}

/** Gives a member a role for a client. */
export function GrantDialog({ member, close }: GrantDialogProps): ReactElement {
  return (
    <Dialog opened={member !== null} onClose={close} title="Give access to a client" size={480}>
      {member === null ? null : <GrantForm member={member} close={close} />}
    </Dialog>
  )
}

function GrantForm({ member, close }: { readonly member: TeamMember; readonly close: () => void }): ReactElement {
  const clients = useClients()
  const queries = useQueryClient()
  const [client, setClient] = useState<string | null>(null)
  const [role, setRole] = useState<ClientRole>('reviewer')
  const grant = useMutation(
    query.team.grant.mutationOptions({
      onSuccess: async (decided) => {
        await queries.invalidateQueries({ queryKey: query.team.key() })
        close()
        notifyDone({
          message: describeDecided(decided, `${visibleText(member.name)} has access.`),
        })
      },
    }),
  )
  return (
    <DialogForm
      label="Give access"
      verb="Give access"
      disabled={client === null}
      busy={grant.isPending}
      error={grant.error}
      onSubmit={() => {
        if (client !== null) grant.mutate({ member: member.uid, client, role })
      }}
      close={close}
    >
      <p className="c-prose">{visibleText(member.name)} reads the whole history of the client from then on.</p>
      <Select
        label="Client"
        name="client"
        data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
        value={client}
        onChange={setClient}
        searchable
        required
        data-autofocus
      />
      <Radio.Group label="Role" value={role} onChange={setRole}>
        {CLIENT_ROLES.map((each) => (
          <Radio
            key={each}
            value={each}
            mt={10}
            label={CLIENT_ROLE_LABELS[each]}
            description={CLIENT_ROLE_HELP[each]}
          />
        ))}
      </Radio.Group>
    </DialogForm>
  )
}
