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
  /** The label of the button. */
  readonly verb: string
  /** The content of the pack. */
  readonly children: ReactNode
  readonly write: (to: {
    readonly directory: WriteTarget
    readonly zip: boolean
  }) => Promise<Outputs['evidence']['pack']>
  readonly close: () => void
}

/** Exports a signed pack into a folder: the folder first, and then the result and how to check it. */
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
      <Checkbox label="Also create a .zip" checked={zip} onChange={(event) => setZip(event.currentTarget.checked)} />
    </DialogForm>
  )
}

/** The folder in which a new folder with the pack is created. */
function FolderField({ folder }: { readonly folder: Folder }): ReactElement {
  return (
    <ChosenFolder
      label="Folder"
      description="The pack is written into a new folder there"
      path={folder.chosen?.path ?? null}
      loading={folder.busy}
      choose={folder.choose}
    />
  )
}
