import type { ReactElement } from 'react'

import { ChosenFolder } from '../../entities/path-field.tsx'
import type { Folder } from './use-folder.ts'

/** The folder in which a signed pack becomes a new one. */
export function FolderField({ folder }: { readonly folder: Folder }): ReactElement {
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
