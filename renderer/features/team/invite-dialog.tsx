import { api, query } from '../../data/api.ts'
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement, type ReactNode } from 'react'

import type { TeamMember, TeamRole } from '../../../shared/contract/team.ts'
import { clientRole, TEAM_ROLES } from '../../../shared/contract/team.ts'
import { useClients } from '../../data/use-clients.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { SecretCopied, SecretCopyButton, SecretText, useSecretCopies } from '../../ui/secret.tsx'
import { visibleText } from '../../ui/text.ts'
import { useDecision } from './use-decision.ts'
import {
  CLIENT_ROLE_HELP,
  CLIENT_ROLE_LABELS,
  type ClientRole,
  nameMember,
  TEAM_ROLE_HELP,
  TEAM_ROLE_LABELS,
} from './labels.ts'

interface RoleFieldsProps {
  /** Slug of a client; null: the agency. */
  readonly client: string | null
  readonly setClient: (client: string | null) => void
  readonly role: string | null
  readonly setRole: (role: string | null) => void
}

/** A role for a client, or in the agency. */
function RoleFields({ client, setClient, role, setRole }: RoleFieldsProps): ReactElement {
  const clients = useClients()
  const roles = client === null ? TEAM_ROLES : clientRole.options
  const help = client === null ? TEAM_ROLE_HELP[role as TeamRole] : CLIENT_ROLE_HELP[role as ClientRole]
  return (
    <div className="c-columns">
      <Select
        label="Client"
        name="client"
        placeholder="The agency"
        data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
        value={client}
        onChange={(value) => {
          setClient(value)
          setRole(value === null ? 'member' : 'reviewer')
        }}
        searchable
        clearable
      />
      <Select
        label="Role"
        name="role"
        description={help}
        data={roles.map((each) => ({
          value: each,
          label: client === null ? TEAM_ROLE_LABELS[each as TeamRole] : CLIENT_ROLE_LABELS[each as ClientRole],
        }))}
        value={role}
        onChange={setRole}
        allowDeselect={false}
      />
    </div>
  )
}

interface Invited {
  readonly code: string
  readonly until: number
}

/** Invites a person with a first role, or a member's further device; then shows the code, once. */
export function InviteDialog({
  opened,
  close,
}: {
  readonly opened: boolean
  readonly close: () => void
}): ReactElement {
  const [invited, setInvited] = useState<Invited | null>(null)
  const end = (): void => {
    setInvited(null)
    close()
  }
  return (
    <Dialog opened={opened} onClose={end} title="Invite" size={560} held={invited !== null}>
      {invited === null ? (
        <InviteForm invited={setInvited} close={end} />
      ) : (
        <SecretCode code={invited.code} label="Code of the invite" verb="I’ve passed it on" done={end}>
          Give this code to the person alone, over a way that the administrator of the database does not read. It is not
          shown again, and holds until {absoluteTime(invited.until)}.
        </SecretCode>
      )}
    </Dialog>
  )
}

interface InviteFormProps {
  readonly invited: (made: Invited) => void
  readonly close: () => void
}

function InviteForm({ invited, close }: InviteFormProps): ReactElement {
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [client, setClient] = useState<string | null>(null)
  const [role, setRole] = useState<string | null>('member')
  const invite = useMutation(
    query.team.invite.mutationOptions({
      // The code is kept only while it is on screen.
      gcTime: 0,
      onSuccess: async (made) => {
        invited(made)
        await queries.invalidateQueries({ queryKey: query.team.key() })
      },
    }),
  )
  return (
    <DialogForm
      label="Invite"
      verb="Make invite"
      disabled={email.trim() === ''}
      busy={invite.isPending}
      error={invite.error}
      onSubmit={() =>
        invite.mutate({
          email: email.trim(),
          // Without a name, the invite is for a further device.
          ...(name.trim() === ''
            ? {}
            : {
                name,
                ...(client === null ? { role: role as TeamRole } : { client, clientRole: role as ClientRole }),
              }),
        })
      }
      close={close}
    >
      <TextInput
        label="E-mail address"
        name="email"
        type="email"
        description="With the address of a member, the invite is for a further device"
        autoComplete="off"
        required
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        label="Name"
        name="name"
        description="Of a new member"
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleFields client={client} setClient={setClient} role={role} setRole={setRole} />
    </DialogForm>
  )
}

interface RoleDialogProps {
  /** Null: closed. */
  readonly member: TeamMember | null
  readonly close: () => void
}

/** Gives or changes the role of a member for a client, or in the agency. */
export function RoleDialog({ member, close }: RoleDialogProps): ReactElement {
  return (
    <Dialog opened={member !== null} onClose={close} title="Set role" size={520}>
      {member === null ? null : <RoleForm member={member} close={close} />}
    </Dialog>
  )
}

function RoleForm({ member, close }: { readonly member: TeamMember; readonly close: () => void }): ReactElement {
  const [client, setClient] = useState<string | null>(null)
  const [role, setRole] = useState<string | null>(member.role)
  const decide = useDecision(api.team.setRole, close)
  return (
    <DialogForm
      label="Set role"
      verb="Set role"
      busy={decide.isPending}
      error={decide.error}
      onSubmit={() =>
        decide.mutate(
          client === null
            ? { member: member.uid, client, role: role as TeamRole }
            : { member: member.uid, client, role: role as ClientRole },
        )
      }
      close={close}
    >
      <p className="c-prose">
        {nameMember(member)}: with a role for a client, they read its whole history. What was read stays on their
        devices.
      </p>
      <RoleFields client={client} setClient={setClient} role={role} setRole={setRole} />
    </DialogForm>
  )
}

interface SecretCodeProps {
  readonly code: string
  readonly label: string
  readonly verb: string
  readonly done: () => void
  readonly children: ReactNode
}

/** A code that is shown once. */
export function SecretCode({ code, label, verb, done, children }: SecretCodeProps): ReactElement {
  const copies = useSecretCopies((sha256) => api.desktop.secretCopied({ sha256 }))
  return (
    <div className="c-form">
      <p className="c-prose">{children}</p>
      <SecretText text={code} label={label} copies={copies} />
      <Group gap="xs">
        <SecretCopyButton text={code} label="Copy code" copies={copies} />
      </Group>
      <SecretCopied copies={copies} />
      <Group justify="flex-end" gap="xs">
        <Button onClick={done}>{verb}</Button>
      </Group>
    </div>
  )
}
