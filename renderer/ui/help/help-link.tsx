import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { openHelp } from './asked.ts'

interface HelpLinkProps {
  readonly topic: string
  /** The subject that it explains: `Due`. */
  readonly about: string
  /** Called before the help opens. */
  readonly onOpen?: () => void
}

/** A small button that opens the paragraph of the guide about what is beside it. */
export function HelpLink({ topic, about, onOpen }: HelpLinkProps): ReactElement {
  const name = `Help: ${about}`
  return (
    <Tooltip label={name}>
      <ActionIcon
        size={24}
        aria-label={name}
        data-help={topic}
        onClick={() => {
          onOpen?.()
          openHelp(topic)
        }}
      >
        <IconHelp size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** A quiet line that opens the paragraph of the guide about a state without content. */
export function HelpLine({ topic }: { readonly topic: string | null }): ReactElement {
  return (
    <button
      type="button"
      className="c-link c-help-line"
      {...(topic === null ? {} : { 'data-help': topic })}
      onClick={() => openHelp(topic)}
    >
      <IconHelp size={15} stroke={1.7} aria-hidden />
      Show in the guide
    </button>
  )
}
