import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import { useId, type ReactElement } from 'react'

interface BlockedButtonProps extends Pick<ButtonProps, 'children' | 'leftSection' | 'size' | 'variant'> {
  readonly 'aria-label'?: string
  /** Why it cannot be pressed now, and what to do. */
  readonly reason: string
}

/** A button that cannot be pressed now, and shows why: on hover, on focus, and to assistive technology. */
export function BlockedButton({ reason, ...button }: BlockedButtonProps): ReactElement {
  const id = useId()
  return (
    <>
      <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
        <Button {...button} data-disabled aria-disabled aria-describedby={id} />
      </Tooltip>
      <span id={id} className="c-visually-hidden">
        {reason}
      </span>
    </>
  )
}
