import { Button, Checkbox, Group, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { AGENCY_ROLES, type AgencyRole } from '../../../shared/domain/team-roles.ts'
import { api, query } from '../../data/api.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { SecretCopied, SecretCopyButton, SecretText, useSecretCopies } from '../../ui/secret.tsx'
import { SqlSteps } from './sql-steps.tsx'
import { AGENCY_ROLE_HELP, AGENCY_ROLE_LABELS } from './team-labels.ts'
import classes from './team.module.css'

interface InviteDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

type Invited = Outputs['team']['invite']

/** Invites a person, or a member's further device; then shows the code, once. */
export function InviteDialog({ opened, close }: InviteDialogProps): ReactElement {
  const [invited, setInvited] = useState<Invited | null>(null)
  const end = (): void => {
    setInvited(null)
    close()
  }
  return (
    <Dialog opened={opened} onClose={end} title="Invite" size={560} held={invited !== null}>
      {invited === null ? <InviteForm invited={setInvited} close={end} /> : <InviteCode invited={invited} done={end} />}
    </Dialog>
  )
}

interface InviteFormProps {
  readonly invited: (made: Invited) => void
  readonly close: () => void
}

function InviteForm({ invited, close }: InviteFormProps): ReactElement {
  const queries = useQueryClient()
  const [values, setValues] = useState({ name: '', email: '', login: '', password: '' })
  const [roles, setRoles] = useState<readonly AgencyRole[]>([])
  const set = (field: keyof typeof values) => ({
    value: values[field],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setValues((before) => ({ ...before, [field]: value })),
  })
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
  const { name, email, login, password } = values
  return (
    <DialogForm
      label="Invite"
      verb="Make invite"
      disabled={email.trim() === ''}
      busy={invite.isPending}
      error={invite.error}
      onSubmit={() =>
        invite.mutate({
          ...(name.trim() === '' ? {} : { name }),
          email,
          roles: [...roles],
          ...(login.trim() === '' ? {} : { administrator: { login: login.trim(), password } }),
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
        {...set('email')}
      />
      <TextInput label="Name" name="name" description="Of a new member" autoComplete="off" {...set('name')} />
      <Checkbox.Group
        label="Roles in the agency"
        description="A member without one sees the clients that they are given access to"
        value={[...roles]}
        onChange={(chosen) => setRoles(AGENCY_ROLES.filter((role) => chosen.includes(role)))}
      >
        {AGENCY_ROLES.map((role) => (
          <Checkbox key={role} value={role} mt={10} label={`${AGENCY_ROLE_LABELS[role]}: ${AGENCY_ROLE_HELP[role]}`} />
        ))}
      </Checkbox.Group>
      <fieldset className="c-fieldset">
        <legend className="c-label">Administrator of the database</legend>
        <p className="c-help">Only where your own login may not make logins. It is used once and not kept.</p>
        <div className="c-columns">
          <TextInput label="Login" name="administrator.login" autoComplete="off" spellCheck={false} {...set('login')} />
          <PasswordInput label="Password" name="administrator.password" autoComplete="off" {...set('password')} />
        </div>
      </fieldset>
    </DialogForm>
  )
}

function InviteCode({ invited, done }: { readonly invited: Invited; readonly done: () => void }): ReactElement {
  const copies = useSecretCopies((sha256) => api.desktop.secretCopied({ sha256 }))
  return (
    <div className="c-form">
      <p className="c-prose">
        Give this code to the person alone, over a way that the administrator of the database does not read: who has it
        can join in their place, once. It is not shown again, and holds until {absoluteTime(invited.until)}.
      </p>
      <div className={classes['invite']}>
        <SecretText text={invited.code} label="Code of the invite" copies={copies} />
      </div>
      {invited.problem === null ? null : <p className="c-prose">{invited.problem}</p>}
      <SqlSteps sql={invited.sql} what="this invite" />
      <Group gap="xs">
        <SecretCopyButton text={invited.code} label="Copy code" copies={copies} />
      </Group>
      <SecretCopied copies={copies} />
      <Group justify="flex-end" gap="xs">
        <Button onClick={done}>I’ve passed it on</Button>
      </Group>
    </div>
  )
}
