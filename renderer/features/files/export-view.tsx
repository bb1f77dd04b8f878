import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { providerName } from '../../../shared/domain/providers/providers.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { useInfo } from '../../data/use-info.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import {
  EXPORT_FORMATS,
  exportName,
  isText,
  makePreview,
  PREVIEW_FIRST,
  type ExportFormat,
  type TextFormat,
} from '../../entities/export-choice.ts'
import { SaveResult } from '../../entities/save-result.tsx'
import { ScopeFact } from '../../entities/scope-fact.tsx'
import { useSave, writeRegister, type ExportWhat } from '../../entities/use-save.ts'
import layout from '../../entities/form-and-preview.module.css'

/** Writes the data in scope to a file, after a preview. */
export function ExportView(): ReactElement {
  const { client } = useScope()
  const info = useInfo()
  const [{ format = 'md' }, set] = useSearchState('/files', 'replace')
  const [connection, setConnection] = useState<string | null>(null)
  const [contact, setContact] = useState('')
  const connections = useQuery(query.connection.list.queryOptions({ input: { client } }))
  // A connection chosen in another scope does not belong to this one.
  const chosen = connections.data?.find(({ id }) => String(id) === connection)
  const what: ExportWhat = {
    format,
    client,
    connection: chosen?.id,
    contact: contact.trim() === '' ? undefined : contact.trim(),
  }
  const save = useSave(writeRegister)
  const choose = (next: ExportFormat): void => {
    set({ format: next })
    save.reset()
  }
  return (
    <div className={layout['both']}>
      <section className={`c-card ${layout['form']}`} aria-label="What to export">
        <SegmentedControl
          aria-label="Format"
          fullWidth
          value={format}
          onChange={choose}
          data={EXPORT_FORMATS.map(({ value, label }) => ({ value, label }))}
        />
        <p className="c-help">{EXPORT_FORMATS.find(({ value }) => value === format)?.about}</p>
        <ScopeFact />
        {format === 'ics' ? (
          <TextInput
            label="Only for the contact"
            placeholder="Anyone"
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
        ) : (
          <Select
            label="Connection"
            placeholder="All in scope"
            clearable
            searchable
            value={chosen ? connection : null}
            onChange={setConnection}
            data={(connections.data ?? []).map((each) => ({
              value: String(each.id),
              label: `${visibleText(each.label)} (${providerName(each.provider)}, ${visibleText(each.client.name)})`,
            }))}
          />
        )}
        <Button
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={save.busy}
          onClick={() =>
            void save.ask(what, exportName({ format, client, sample: info?.sample === true, now: Date.now() }))
          }
        >
          Save…
        </Button>
        <SaveResult save={save} />
      </section>
      {isText(format) ? <Preview key={format} what={{ ...what, format }} /> : <NoPreview />}
    </div>
  )
}

function NoPreview(): ReactElement {
  return (
    <section className={`c-card ${layout['preview']}`} aria-label="Preview">
      <p className="c-empty-text">A workbook has no preview here. Markdown shows the same rows.</p>
    </section>
  )
}

function Preview({ what }: { readonly what: ExportWhat & { readonly format: TextFormat } }): ReactElement {
  const [contact] = useDebouncedValue(what.contact, 250)
  const { format, client, connection } = what
  const calendar = { client, contact }
  const register = { client, connection, format: format === 'ics' ? 'md' : format } as const
  const printedCalendar = useQuery({
    ...query.files.renderCalendar.queryOptions({ input: { ...calendar, first: PREVIEW_FIRST } }),
    enabled: format === 'ics',
    ...FRESH,
  })
  const printedRegister = useQuery({
    ...query.files.renderRegister.queryOptions({ input: { ...register, first: PREVIEW_FIRST } }),
    enabled: format !== 'ics',
    ...FRESH,
  })
  const rendered = format === 'ics' ? printedCalendar : printedRegister
  if (rendered.isPending) return <Loading what="the preview" rows={12} />
  if (rendered.isError) return <Failed error={rendered.error} retry={() => void rendered.refetch()} />
  const { shown, isWhole } = makePreview(rendered.data.text)
  const printAll = async (): Promise<string> =>
    (await (format === 'ics' ? api.files.renderCalendar(calendar) : api.files.renderRegister(register))).text
  return (
    <section className={`c-card ${layout['preview']}`} aria-labelledby="preview">
      <header className="c-card-head">
        <h2 className="c-card-title" id="preview">
          Preview
        </h2>
        <span className="c-quiet">{isWhole ? plural(rendered.data.rows, 'row') : 'The first lines'}</span>
        <CopyButton text={isWhole ? rendered.data.text : printAll} />
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <pre className={layout['text']} tabIndex={0} dir="ltr">
        {shown}
      </pre>
      {isWhole ? null : <p className="c-help">The file has more lines.</p>}
    </section>
  )
}

/** A rendering is as old as its request: it contains times. */
const FRESH = { staleTime: 0, gcTime: 0 } as const
