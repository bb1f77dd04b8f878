import { Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement, type ReactNode } from 'react'

import type { WriteTarget } from '../../../shared/contract/common.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { PackWritten } from './pack-written.tsx'
import { ChosenFolder } from '../../entities/path-field.tsx'
import { api } from '../../data/api.ts'

/** The choice that the desktop offers: a folder to write into. */
const FOLDER = { suggestedName: '', extension: '', folder: true } as const

interface Folder {
  /** A person's choice in the desktop's dialog, for one operation; null without one. */
  readonly chosen: { readonly handle: string; readonly path: string } | null
  readonly choose: () => void
  /** Clears a used choice. */
  readonly forget: () => void
  readonly busy: boolean
  readonly error: unknown
}

/** The folder that something is written into. */
function useFolder(): Folder {
  const ask = useMutation({ mutationFn: () => api.desktop.saveTarget(FOLDER) })
  return {
    chosen: ask.data?.outcome === 'chosen' ? ask.data : null,
    choose: () => ask.mutate(),
    forget: ask.reset,
    busy: ask.isPending,
    error: ask.error,
  }
}

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
