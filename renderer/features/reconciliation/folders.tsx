import { Button, Table } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactElement } from 'react'

import type { FolderFile, UsageFolder } from '../../../shared/contract/usage-folders.ts'
import { api, query } from '../../data/api.ts'
import { ClientChoice } from '../../entities/client-choice.tsx'
import { PathField, type Readable } from '../../entities/path-field.tsx'
import { useScope } from '../../data/scope.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status, type Tone } from '../../ui/status.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { FormEnd } from '../../ui/dialog-form.tsx'
import { useQuery } from '../../ui/use-query.ts'

interface FoldersProps {
  readonly adding: boolean
  readonly setAdding: (adding: boolean) => void
}

/** The folders from which records are imported while the window is open, and the results of their latest files. */
export function Folders({ adding, setAdding }: FoldersProps): ReactElement {
  const { client } = useScope()
  const folders = useQuery(query.usageFolders.list.queryOptions({ input: { client } }))
  const [removing, setRemoving] = useState<UsageFolder | null>(null)
  return (
    <section className="c-card" aria-labelledby="folders">
      <header className="c-card-head">
        <h2 className="c-card-title" id="folders">
          Watched folders
        </h2>
        <Button
          variant="default"
          leftSection={<IconFolderPlus size={14} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Watch folder
        </Button>
      </header>
      <Answer of={folders} what="folders" rows={2}>
        {(data) =>
          data.length === 0 ? (
            <p className="c-card-note">
              No watched folders. Files of usage records in a watched folder are imported when they appear or grow.
            </p>
          ) : (
            <FolderTable folders={data} remove={setRemoving} />
          )
        }
      </Answer>
      <Dialog opened={adding} onClose={() => setAdding(false)} title="Watch folder" size={520}>
        <AddFolder close={() => setAdding(false)} />
      </Dialog>
      <Confirm
        opened={removing !== null}
        close={() => setRemoving(null)}
        title="Stop watching this folder"
        verb="Stop watching"
        act={() => api.usageFolders.remove({ folderId: removing?.folderId ?? 0 })}
      >
        <p className="c-break">
          <Named text={removing?.path} mono />
        </p>
        <p>Imported records stay. The files are not changed.</p>
      </Confirm>
    </section>
  )
}

const TONES: Readonly<Record<FolderFile['state'], Tone>> = { taken: 'good', partial: 'warn', refused: 'bad' }
const STATES: Readonly<Record<FolderFile['state'], string>> = {
  taken: 'Imported',
  partial: 'Partly imported',
  refused: 'Not imported',
}

interface FolderTableProps {
  readonly folders: readonly UsageFolder[]
  readonly remove: (folder: UsageFolder) => void
}

function FolderTable({ folders, remove }: FolderTableProps): ReactElement {
  return (
    <SmallTable
      id="folders-of-records"
      minWidth={760}
      headings={['Folder', 'Client', numbers('Files'), 'Last file', 'State', numbers('Counted'), 'When', ACTIONS]}
    >
      {folders.map((folder) => (
        <Table.Tr key={folder.folderId}>
          <Table.Th scope="row" className="c-break">
            <Named text={folder.path} mono />
          </Table.Th>
          <Table.Td>
            <ClientMark client={folder.client} />
          </Table.Td>
          <Table.Td className="c-number">{wholeNumber(folder.fileCount)}</Table.Td>
          <LastFile folder={folder} />
          <Table.Td>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Remove ${visibleText(folder.path)}`}
              onClick={() => remove(folder)}
            >
              Remove
            </Button>
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  )
}

/** Files with problems, which a row lists; the terminal lists more. */
const MOST_AMISS = 3

function LastFile({ folder }: { readonly folder: UsageFolder }): ReactElement {
  const [file] = folder.files
  const amiss = folder.files.filter(({ state }) => state !== 'taken')
  return (
    <>
      <Table.Td>
        <Named text={file?.name} />
      </Table.Td>
      <Table.Td className="c-wrap">
        {folder.readable ? (
          amiss.length === 0 ? (
            <Status tone={file === undefined ? 'quiet' : 'good'}>
              {file === undefined ? 'Waiting for files' : STATES.taken}
            </Status>
          ) : (
            amiss.slice(0, MOST_AMISS).map(({ name, state, says }) => (
              <div key={name}>
                <Status tone={TONES[state]}>{STATES[state]}</Status>
                <div className="c-quiet">{`${visibleText(name)}: ${visibleText(says ?? '')}`}</div>
              </div>
            ))
          )
        ) : (
          <Status tone="bad">Cannot be read</Status>
        )}
      </Table.Td>
      <Table.Td className="c-number">{file === undefined ? '–' : wholeNumber(file.counted)}</Table.Td>
      <Table.Td>
        <When at={file?.at ?? null} />
      </Table.Td>
    </>
  )
}

const READS: readonly Readable[] = [{ kind: 'folder', title: 'Choose folder to watch', extensions: [] }]

function AddFolder({ close }: { readonly close: () => void }): ReactElement {
  const { client: scope } = useScope()
  const [chosen, setChosen] = useState<string | null>(null)
  const [path, setPath] = useState('')
  const client = scope ?? chosen
  const add = useMutation({
    mutationFn: () => api.usageFolders.add({ client: client ?? '', path: path.trim() }),
    onSuccess: close,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    add.mutate()
  }
  return (
    <form className="c-form" onSubmit={submit}>
      <p className="c-prose">
        Files that end in .csv, .tsv, .jsonl or .ndjson are imported once they are complete. A request that was counted
        before is not counted again.
      </p>
      <ClientChoice chosen={chosen} choose={setChosen} />
      <PathField label="Path of the folder" name="path" value={path} onChange={setPath} reads={READS} data-autofocus />
      <FormEnd verb="Watch folder" error={add.error} busy={add.isPending} disabled={client === null} close={close} />
    </form>
  )
}
