import { Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconReportMoney } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { ReportSettings } from '../../../shared/contract/reports.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Empty } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { toProblems, getSettings, toValues, type SettingsValues } from './settings-values.ts'
import layout from '../../entities/form-and-preview.module.css'

/** The report settings of a client. */
export function SettingsView(): ReactElement {
  const { client, setClient } = useScope()
  const clients = useClients()
  if (client !== undefined) return <ClientSettings key={client} client={client} />
  return (
    <section className="c-card">
      <Empty
        icon={IconReportMoney}
        title="Each client has its own settings"
        action={
          <Select
            aria-label="Client"
            placeholder="Choose client"
            searchable
            data={clients.map(({ slug, name }) => ({ value: slug, label: visibleText(name) }))}
            onChange={(slug) => setClient(slug ?? undefined)}
          />
        }
      >
        Mark-up, currency and exchange rate of its invoice, the recipients of its reports, and their schedule.
      </Empty>
    </section>
  )
}

function ClientSettings({ client }: { readonly client: string }): ReactElement {
  return (
    <Editing
      of={query.reports.settings.queryOptions({ input: { client } })}
      find={(settings) => settings}
      what="the settings"
      saving="all fields"
      rows={6}
    >
      {(edited) => <SettingsForm client={client} edited={edited} />}
    </Editing>
  )
}

interface SettingsFormProps {
  readonly client: string
  readonly edited: FormStart<ReportSettings>
}

function SettingsForm({ client, edited }: SettingsFormProps): ReactElement {
  const { began: settings, setTyped, check } = edited
  const form = useForm<SettingsValues>({ initialValues: toValues(settings), validate: toProblems })
  useTyped(form.isDirty(), setTyped)
  const save = useMutation({
    mutationFn: async (values: SettingsValues) => {
      await check()
      return api.reports.set({ client, values: getSettings(values) })
    },
    onError: notifyFailed,
    onSuccess: () => {
      setTyped(false)
      notifyDone({
        message: 'Saved report settings',
        undo: () => api.reports.set({ client, values: settings }),
      })
    },
  })
  return (
    <section className={`c-card ${layout['form']}`} aria-label="Report settings">
      <form className="c-form" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <fieldset className="c-fieldset">
          <legend>Invoice</legend>
          <div className="c-columns">
            <TextInput label="Mark-up, %" inputMode="decimal" {...form.getInputProps('markup')} />
            <TextInput label="Currency" maxLength={3} {...form.getInputProps('currency')} />
            <TextInput label="1 USD is" inputMode="decimal" {...form.getInputProps('rate')} />
            <TextInput label="Exchange rate date" placeholder="YYYY-MM-DD" {...form.getInputProps('rateOn')} />
          </div>
          <p className="c-help">Each line is rounded half up; the total is the sum of the lines.</p>
        </fieldset>
        <fieldset className="c-fieldset">
          <legend>Schedule</legend>
          <Group gap="lg">
            <Checkbox label="Weekly, each Monday" {...form.getInputProps('weekly', { type: 'checkbox' })} />
            <Checkbox label="Monthly, on the 3rd" {...form.getInputProps('monthly', { type: 'checkbox' })} />
            <Checkbox label="Invoice, on the 3rd" {...form.getInputProps('invoice', { type: 'checkbox' })} />
          </Group>
          <p className="c-help">You’ll get one reminder. Reports are never sent automatically.</p>
        </fieldset>
        <fieldset className="c-fieldset">
          <legend>Recipients</legend>
          <div className="c-columns">
            <Textarea label="Weekly" autosize minRows={2} maxRows={8} {...form.getInputProps('weeklyTo')} />
            <Textarea
              label="Monthly and invoice"
              autosize
              minRows={2}
              maxRows={8}
              {...form.getInputProps('monthlyTo')}
            />
          </div>
          <p className="c-help">One address per line; the reminder lists them.</p>
        </fieldset>
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </form>
    </section>
  )
}
