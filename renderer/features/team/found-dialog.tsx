import { query } from '../../data/api.ts'
import { PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { useInfo } from '../../data/use-info.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SecretCode } from './invite-dialog.tsx'

interface FoundDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

/** Founds a team; then shows its recovery code, once, or the SQL that an administrator has to run first. */
export function FoundDialog({ opened, close }: FoundDialogProps): ReactElement {
  const [paper, setPaper] = useState<string | null>(null)
  const [sql, setSql] = useState<readonly string[]>([])
  const end = (): void => {
    setPaper(null)
    close()
  }
  return (
    <Dialog opened={opened || paper !== null} onClose={end} title="Found a team" size={560} held={paper !== null}>
      {paper === null ? (
        <FoundForm close={close} found={setPaper} toRun={setSql} sql={sql} />
      ) : (
        <SecretCode code={paper} label="Recovery code" verb="I’ve printed it" done={end}>
          The team is founded. Print this recovery code and lock it away: with it, the team comes back where an owner’s
          device is lost. It is not shown again.
        </SecretCode>
      )}
    </Dialog>
  )
}

interface FoundFormProps {
  readonly close: () => void
  readonly found: (paper: string) => void
  readonly toRun: (sql: readonly string[]) => void
  readonly sql: readonly string[]
}

function FoundForm({ close, found, toRun, sql }: FoundFormProps): ReactElement {
  const info = useInfo()
  const queries = useQueryClient()
  const form = useForm({
    initialValues: {
      team: '',
      name: info?.operator ?? '',
      email: '',
      host: '',
      port: '5432',
      database: 'castellan',
      authority: '',
      login: '',
      password: '',
    },
  })
  const init = useMutation(
    query.team.init.mutationOptions({
      // Passwords are kept only while the form is on screen.
      gcTime: 0,
      onSuccess: async (answer) => {
        // The paper is shown first, since it is never shown a second time.
        if (answer.paper !== null) found(answer.paper)
        else if (answer.sql.length > 0) toRun(answer.sql)
        else close()
        await queries.invalidateQueries({ queryKey: query.team.key() })
      },
    }),
  )
  const submit = form.onSubmit(({ team: name, name: own, email, host, port, database, authority, login, password }) =>
    init.mutate({
      team: name,
      name: own,
      email: email.trim(),
      ...(host.trim() === ''
        ? {}
        : { server: { host, port: Number(port), database, authority: authority.trim() === '' ? null : authority } }),
      ...(login.trim() === '' ? {} : { administrator: { login: login.trim(), password } }),
    }),
  )
  const text = (
    field: 'team' | 'name' | 'email' | 'host' | 'port' | 'database' | 'login',
    label: string,
    name: string,
  ) => <TextInput label={label} name={name} autoComplete="off" spellCheck={false} {...form.getInputProps(field)} />
  return (
    <DialogForm
      label="Found a team"
      verb={sql.length > 0 ? 'Continue set-up' : 'Found team'}
      busy={init.isPending}
      error={init.error}
      onSubmit={() => submit()}
      close={close}
    >
      {text('team', 'Name of the team', 'team')}
      {text('name', 'Your name', 'name')}
      {text('email', 'Your e-mail address', 'email')}
      <fieldset className="c-fieldset">
        <legend className="c-label">PostgreSQL database</legend>
        <p className="c-help">
          Leave the server empty where this machine hosts it: <code>castellan team host</code>.
        </p>
        <div className="c-columns">
          {text('host', 'Server', 'server.host')}
          {text('port', 'Port', 'server.port')}
          {text('database', 'Database', 'server.database')}
        </div>
        <Textarea
          label="Certificate authority"
          name="server.authority"
          description="PEM; leave it empty where this system knows the authority"
          autosize
          minRows={2}
          maxRows={5}
          spellCheck={false}
          {...form.getInputProps('authority')}
        />
        <div className="c-columns">
          {text('login', 'Login of its administrator', 'administrator.login')}
          <PasswordInput
            label="Password"
            name="administrator.password"
            autoComplete="off"
            {...form.getInputProps('password')}
          />
        </div>
        <p className="c-help">It is used once and not kept. Without it, you get the SQL for the administrator.</p>
      </fieldset>
      {sql.length === 0 ? null : (
        <section aria-label="SQL for the administrator">
          <p className="c-prose">Have the administrator run this in the empty database, then continue.</p>
          <pre className="c-code">{sql.join('\n')}</pre>
          <CopyButton text={sql.join('\n')} label="Copy SQL" />
        </section>
      )}
    </DialogForm>
  )
}
