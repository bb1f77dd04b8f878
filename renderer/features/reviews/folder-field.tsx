import { Button, Group, TextInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { useFolder } from './use-folder.ts'

interface FolderFieldProps {
  readonly folder: ReturnType<typeof useFolder>
}

/** The folder in which a signed pack becomes a new one. */
export function FolderField({ folder }: FolderFieldProps): ReactElement {
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <TextInput
        label="Folder"
        description="The pack becomes a new folder in it"
        value={folder.path}
        required
        readOnly={folder.isComing}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'c-mono' }}
        flex={1}
        data-autofocus
        onChange={(event) => folder.type(event.currentTarget.value)}
      />
      {folder.choose === null ? null : (
        <Button variant="default" leftSection={<IconFolderOpen size={14} aria-hidden />} onClick={folder.choose}>
          Choose…
        </Button>
      )}
    </Group>
  )
}
