import { Checkbox, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'

interface FoundDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

/** Founds a team: who and what it is, where its database is, and who may set that up. */
export function FoundDialog({ opened, close }: FoundDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Found a team" size={560}>
      <FoundForm close={close} />
    </Dialog>
  )
}

const toPort = (text: string): number => Number(text.trim() === '' ? '5432' : text)

function FoundForm({ close }: Pick<FoundDialogProps, 'close'>): ReactElement {
  const info = useInfo()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: {
      team: '',
      name: info?.operator ?? '',
      email: '',
      host: '',
      port: '',
      database: '',
      authority: '',
      login: '',
      password: '',
      manageLogins: false,
      beginAgain: false,
    },
    validate: {
      team: (value) => (value.trim() === '' ? 'Enter the name of the team' : null),
      name: (value) => (value.trim() === '' ? 'Enter your name' : null),
      email: (value) => (/^\S+@\S+\.\S+$/u.test(value.trim()) ? null : 'Write an e-mail address as name@example.com'),
      host: (value) => (value.trim() === '' ? 'Enter the name of the server' : null),
      port: (value) => (Number.isInteger(toPort(value)) ? null : 'A port is a number from 1 to 65535'),
      database: (value) => (value.trim() === '' ? 'Enter the name of an empty database' : null),
      password: (value, { login }) =>
        login.trim() !== '' && value === '' ? 'Enter the password of the administrator' : null,
    },
  })
  const init = useMutation(
    query.team.init.mutationOptions({
      // Passwords are kept only while the form is on screen.
      gcTime: 0,
      onSuccess: async ({ founded, status }) => {
        queries.setQueryData(query.team.status.queryKey(), status)
        await queries.invalidateQueries({ queryKey: query.team.key() })
        close()
        if (founded) notifyDone({ message: 'The team is founded. Invite the others.' })
      },
    }),
  )
  const submit = form.onSubmit(
    ({ team, name, email, host, port, database, authority, login, password, manageLogins, beginAgain }) =>
      init.mutate({
        team,
        name,
        email,
        server: { host, port: toPort(port), database, authority: authority.trim() === '' ? null : authority },
        ...(login.trim() === '' ? {} : { administrator: { login: login.trim(), password } }),
        manageLogins,
        beginAgain,
      }),
  )
  return (
    <DialogForm
      label="Found a team"
      verb="Found team"
      busy={init.isPending}
      error={init.error}
      onSubmit={() => submit()}
      close={close}
    >
      <TextInput
        label="Name of the team"
        name="team"
        placeholder="Northwind Advisory"
        required
        {...form.getInputProps('team')}
      />
      <TextInput label="Your name" name="name" autoComplete="name" required {...form.getInputProps('name')} />
      <TextInput
        label="Your e-mail address"
        name="email"
        autoComplete="email"
        required
        {...form.getInputProps('email')}
      />
      <fieldset className="c-fieldset">
        <legend className="c-label">PostgreSQL database</legend>
        <div className="c-columns">
          <TextInput
            label="Server"
            name="server.host"
            placeholder="db.agency.example"
            spellCheck={false}
            required
            {...form.getInputProps('host')}
          />
          <TextInput
            label="Port"
            name="server.port"
            placeholder="5432"
            inputMode="numeric"
            {...form.getInputProps('port')}
          />
        </div>
        <TextInput
          label="Database"
          name="server.database"
          description="An empty one, of PostgreSQL 15 or newer with TLS"
          placeholder="castellan"
          spellCheck={false}
          required
          {...form.getInputProps('database')}
        />
        <Textarea
          label="Certificate authority"
          name="server.authority"
          description="PEM; leave it empty where this system knows the authority"
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={5}
          spellCheck={false}
          {...form.getInputProps('authority')}
        />
      </fieldset>
      <fieldset className="c-fieldset">
        <legend className="c-label">Administrator of the database</legend>
        <p className="c-help">
          A login that may create roles and schemas. It is used once and not kept. Leave it empty to get the SQL for the
          administrator instead.
        </p>
        <div className="c-columns">
          <TextInput
            label="Login"
            name="administrator.login"
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('login')}
          />
          <PasswordInput
            label="Password"
            name="administrator.password"
            autoComplete="off"
            {...form.getInputProps('password')}
          />
        </div>
        <Checkbox
          mt={10}
          label="My device may make and end the logins of members"
          description="Only on a server of your own: before PostgreSQL 16 this is a right over every login of the server"
          name="manageLogins"
          {...form.getInputProps('manageLogins', { type: 'checkbox' })}
        />
      </fieldset>
      {init.isError ? (
        <Checkbox
          label="Begin again"
          description="Ends the founding that is under way and leaves nothing of it here. Use another empty database."
          name="beginAgain"
          {...form.getInputProps('beginAgain', { type: 'checkbox' })}
        />
      ) : null}
    </DialogForm>
  )
}
