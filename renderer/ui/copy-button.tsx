import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement } from 'react'

import { copyText } from './clipboard.ts'
import { notifyFailed } from './notify.tsx'

interface CopyButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  /** The text, or what reads it once it is to be copied. */
  readonly text: string | (() => Promise<string>)
  readonly label?: string
  readonly disabled?: boolean
  /** Called with the text once it is on the clipboard. */
  readonly onCopied?: (text: string) => void
}

/** How long the button shows the result. */
const SAYS_MS = 2_500

/** Copies a text and shows the result on itself. */
export function CopyButton({
  text,
  label = 'Copy',
  disabled = false,
  onCopied,
  size = 'xs',
  variant = 'default',
}: CopyButtonProps): ReactElement {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), SAYS_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async (): Promise<void> => {
    try {
      const copied = typeof text === 'string' ? text : await text()
      const isCopied = await copyText(copied)
      setState(isCopied ? 'copied' : 'refused')
      if (isCopied) onCopied?.(copied)
    } catch (error) {
      notifyFailed(error)
    }
  }
  const [icon, word] = {
    idle: [<IconCopy key="icon" size={14} aria-hidden />, label],
    copied: [<IconCheck key="icon" size={14} aria-hidden />, 'Copied'],
    refused: [<IconX key="icon" size={14} aria-hidden />, 'Select the text and copy it manually'],
  }[state] as [ReactElement, string]
  return (
    <Button size={size} variant={variant} leftSection={icon} disabled={disabled} onClick={() => void copy()}>
      <span aria-live="polite">{word}</span>
    </Button>
  )
}
