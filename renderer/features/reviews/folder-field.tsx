import { Button, Group, TextInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { visibleText } from '../../ui/text.ts'
import type { Folder } from './use-folder.ts'

/** The folder in which a signed pack becomes a new one: chosen in the desktop's dialog, and only shown here. */
export function FolderField({ folder }: { readonly folder: Folder }): ReactElement {
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <TextInput
        label="Folder"
        description="The pack becomes a new folder in it"
        placeholder="None chosen"
        value={visibleText(folder.chosen?.path ?? '')}
        readOnly
        classNames={{ input: 'c-mono' }}
        flex={1}
      />
      <Button
        variant="default"
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        loading={folder.busy}
        data-autofocus
        onClick={folder.choose}
      >
        Choose…
      </Button>
    </Group>
  )
}
