import { Button, Group, TextInput } from '@mantine/core'
import { IconFile, IconFolderOpen } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, type ReactElement, type ReactNode, type Ref } from 'react'

import { notifyFailed } from '../ui/notify.tsx'
import { visibleText } from '../ui/text.ts'
import { choosePath, hasDialog, type Readable } from '../data/choose-path.ts'
import { useInfo } from '../data/use-info.ts'

export type { Readable }
type Kind = Readable['kind']

interface PathFieldProps {
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (path: string) => void
  readonly error?: string | undefined
  /** The name of the field in the contract. */
  readonly name?: string
  /** A button for each that the system has a dialog for. */
  readonly reads: readonly Readable[]
  /** True if the field has the focus when its dialog opens. */
  readonly 'data-autofocus'?: boolean
}

/** The path of a file or folder that is read: typed, or chosen in the system's dialog where there is one. */
export function PathField({ reads, onChange, description, ...field }: PathFieldProps): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const shell = useInfo()?.shell
  const ask = useMutation({
    mutationFn: (readable: Readable) => choosePath(shell, readable),
    onSuccess: (answer) => {
      if (answer.outcome === 'chosen') onChange(answer.path)
      input.current?.focus()
    },
    onError: notifyFailed,
  })
  return (
    <PathInput
      {...field}
      ref={input}
      description={description ?? 'Full path on this machine'}
      onChange={onChange}
      required
      buttons={reads
        .filter((readable) => hasDialog(shell, readable))
        .map((readable) => (
          <ChooseButton
            key={readable.kind}
            kind={readable.kind}
            loading={ask.isPending && ask.variables.kind === readable.kind}
            onClick={() => ask.mutate(readable)}
          />
        ))}
    />
  )
}

interface ChosenFolderProps {
  readonly label: string
  readonly description: string
  /** Null while none is chosen. */
  readonly path: string | null
  readonly loading: boolean
  readonly choose: () => void
}

/** The folder for exported files: chosen in the desktop's dialog, and only shown here. */
export function ChosenFolder({ choose, loading, path, ...field }: ChosenFolderProps): ReactElement {
  return (
    <PathInput
      {...field}
      placeholder="None chosen"
      value={visibleText(path ?? '')}
      readOnly
      buttons={[<ChooseButton key="folder" kind="folder" loading={loading} onClick={choose} data-autofocus />]}
    />
  )
}

interface PathInputProps {
  readonly label: string
  readonly name?: string
  readonly description: string
  readonly placeholder?: string
  readonly value: string
  readonly onChange?: (path: string) => void
  readonly error?: string | undefined
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly 'data-autofocus'?: boolean
  readonly buttons: readonly ReactElement[]
  readonly ref?: Ref<HTMLInputElement>
}

function PathInput({ buttons, onChange, ...field }: PathInputProps): ReactElement {
  return (
    <TextInput
      {...field}
      onChange={(event) => onChange?.(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      classNames={{ input: 'c-mono' }}
      inputContainer={placeBeside(buttons)}
    />
  )
}

function placeBeside(buttons: readonly ReactElement[]): (input: ReactNode) => ReactElement {
  return (input) => (
    <Group gap="xs" align="end" wrap="nowrap">
      <div className="c-path-input">{input}</div>
      {buttons}
    </Group>
  )
}

interface ChooseButtonProps {
  readonly kind: Kind
  readonly loading: boolean
  readonly onClick: () => void
  readonly 'data-autofocus'?: boolean
}

function ChooseButton({ kind, ...button }: ChooseButtonProps): ReactElement {
  const Icon = kind === 'folder' ? IconFolderOpen : IconFile
  return (
    <Button variant="default" flex="none" leftSection={<Icon size={14} aria-hidden />} {...button}>
      {kind === 'folder' ? 'Choose folder…' : 'Choose file…'}
    </Button>
  )
}
