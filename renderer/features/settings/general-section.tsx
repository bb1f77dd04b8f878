import { Button, Group, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { useScheme } from '../../data/use-scheme.ts'
import { LOCK_AFTER_MINUTES, operatorName, type Settings } from '../../../shared/contract/app.ts'
import { FormFailed } from '../../ui/dialog-form.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { setMessagesStay, useMessagesStay } from '../../ui/toast-store.ts'
import { useQuery } from '../../ui/use-query.ts'

/** The operator and the appearance. */
export function GeneralSection(): ReactElement {
  const settings = useQuery(query.settings.get.queryOptions())
  const info = useInfo()
  if (settings.isPending) return <Loading what="settings" rows={3} />
  if (settings.isError) return <Failed error={settings.error} retry={() => void settings.refetch()} />
  return (
    <>
      <Editing
        of={query.settings.get.queryOptions()}
        find={({ operator }) => operator}
        what="the operator name"
        saving="all fields"
        rows={2}
      >
        {(edited) => <OperatorForm edited={edited} recorded={info?.operator ?? edited.began} />}
      </Editing>
      <SchemeChoice />
      <MessagesChoice />
      <LockChoice minutes={settings.data.lockAfterMinutes} />
      {info?.shell === 'electron' && !info.sample ? <RunningChoice settings={settings.data} /> : null}
    </>
  )
}

interface OperatorFormProps {
  readonly edited: FormStart<string>
  /** The name that decisions are recorded under: in a team, the member's. */
  readonly recorded: string
}

function OperatorForm({ edited, recorded }: OperatorFormProps): ReactElement {
  const { began: operator, setTyped, check } = edited
  const [name, setName] = useState(operator)
  useTyped(name.trim() !== operator, setTyped)
  const save = useMutation({
    mutationFn: async () => {
      await check()
      return api.settings.set({ operator: name.trim() })
    },
    onSuccess: () => {
      setTyped(false)
      notifyDone({ message: 'Saved the operator name', undo: () => api.settings.set({ operator }) })
    },
  })
  return (
    <form
      className="c-form c-setting"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextInput
        label="Operator name"
        description={
          recorded === operator
            ? 'Recorded in the audit log with every decision'
            : `In the team, decisions are recorded as ${visibleText(recorded)}`
        }
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        name="operator"
        autoComplete="name"
        required
        maxLength={operatorName.maxLength ?? undefined}
      />
      <FormFailed error={save.error} />
      <Group>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === operator}>
          Save
        </Button>
      </Group>
    </form>
  )
}

function SchemeChoice(): ReactElement {
  const { scheme, choose } = useScheme()
  return (
    <div className="c-setting">
      <div className="c-label" id="scheme-label">
        Colour scheme
      </div>
      <SegmentedControl
        aria-labelledby="scheme-label"
        value={scheme}
        onChange={(value) => choose(value)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'System' },
        ]}
      />
    </div>
  )
}

function MessagesChoice(): ReactElement {
  const stay = useMessagesStay()
  return (
    <div className="c-setting">
      <Switch
        label="Keep messages until they are dismissed"
        description="Otherwise a message that is not about a failure leaves after some seconds"
        checked={stay === 'stay'}
        onChange={(event) => setMessagesStay(event.currentTarget.checked ? 'stay' : 'leave')}
      />
    </div>
  )
}

const NEVER = 'never'

const LOCK_CHOICES = [
  { value: NEVER, label: 'Never' },
  ...LOCK_AFTER_MINUTES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` })),
]

function LockChoice({ minutes }: { readonly minutes: Settings['lockAfterMinutes'] }): ReactElement {
  const save = useMutation(query.settings.set.mutationOptions())
  return (
    <div className="c-setting">
      <Select
        label="Lock after"
        description="Idle time until the register is closed; it is also closed when the machine sleeps or its screen is locked"
        value={minutes === null ? NEVER : String(minutes)}
        data={LOCK_CHOICES}
        allowDeselect={false}
        onChange={(value) =>
          save.mutate({ lockAfterMinutes: LOCK_AFTER_MINUTES.find((minutes) => String(minutes) === value) ?? null })
        }
      />
      {save.isError ? <Failed error={save.error} /> : null}
    </div>
  )
}

/** How the desktop application runs without a window; stored in its own profile and not in the sample agency’s. */
function RunningChoice({ settings }: { readonly settings: Settings }): ReactElement {
  const save = useMutation(query.settings.set.mutationOptions())
  return (
    <fieldset className="c-fieldset c-setting c-form">
      <legend>Running</legend>
      <Switch
        label="Keep Castellan running in the tray when its window is closed"
        description="Reminders and the daily backup continue; quit from the tray or the menu"
        checked={settings.keepRunning}
        onChange={(event) => save.mutate({ keepRunning: event.currentTarget.checked })}
      />
      <Switch
        label="Start Castellan at login"
        description="For the person who is logged in on this machine"
        checked={settings.startAtLogin}
        onChange={(event) => save.mutate({ startAtLogin: event.currentTarget.checked })}
      />
      {save.isError ? <Failed error={save.error} /> : null}
    </fieldset>
  )
}
