import { Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement, type ReactNode } from 'react'

import type { WriteTarget } from '../../../shared/contract/common.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { PackWritten } from './pack-written.tsx'
import { useFolder, type Folder } from './use-folder.ts'
import { ChosenFolder } from '../../entities/path-field.tsx'

interface WritePackProps {
  readonly label: string
  /** The verb on the button. */
  readonly verb: string
  /** What it holds. */
  readonly children: ReactNode
  readonly write: (to: {
    readonly directory: WriteTarget
    readonly zip: boolean
  }) => Promise<Outputs['evidence']['pack']>
  readonly close: () => void
}

/** Writes a signed pack into a folder: where to, and then what was written and how it is checked. */
export function WritePack({ children, close, label, verb, write }: WritePackProps): ReactElement {
  const folder = useFolder()
  const [zip, setZip] = useState(true)
  const writing = useMutation({
    mutationFn: ({ handle }: { readonly handle: string }) => write({ directory: { handle }, zip }),
    onSettled: folder.forget,
  })
  if (writing.data !== undefined) return <PackWritten written={writing.data} close={close} />
  return (
    <DialogForm
      label={label}
      verb={verb}
      busy={writing.isPending}
      error={writing.error ?? folder.error}
      disabled={folder.chosen === null}
      onSubmit={() => {
        if (folder.chosen !== null) writing.mutate(folder.chosen)
      }}
      close={close}
    >
      <p className="c-prose">{children}</p>
      <FolderField folder={folder} />
      <Checkbox
        label="Also as a zip beside it"
        checked={zip}
        onChange={(event) => setZip(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}

/** The folder in which a signed pack becomes a new one. */
function FolderField({ folder }: { readonly folder: Folder }): ReactElement {
  return (
    <ChosenFolder
      label="Folder"
      description="The pack becomes a new folder in it"
      path={folder.chosen?.path ?? null}
      loading={folder.busy}
      choose={folder.choose}
    />
  )
}
