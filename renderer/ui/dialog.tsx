import { Modal, type MantineSize } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, type ReactElement, type ReactNode } from 'react'

import { UnsavedNote, useDiscard, type Discard } from './discard.tsx'
import { InDialog } from './in-dialog.ts'

interface DialogProps {
  readonly opened: boolean
  /** Called by Escape, the close button and a click beside the dialog; after a question when a form in it is unsaved. */
  readonly onClose: () => void
  readonly title: ReactNode
  /** The width, in pixels or as a word. */
  readonly size: number | MantineSize
  /** Only a button in it closes the dialog. */
  readonly held?: boolean
  readonly children: ReactNode
}

/** A dialog. Its first field has the focus when it opens. */
export function Dialog({ opened, onClose, title, size, held = false, children }: DialogProps): ReactElement {
  const discard = useDiscard(onClose)
  return (
    <Modal
      opened={opened}
      onClose={discard.request}
      title={title}
      size={size}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
      withCloseButton={!held}
    >
      <DialogBody discard={discard}>{children}</DialogBody>
    </Modal>
  )
}

function DialogBody({ discard, children }: { readonly discard: Discard; readonly children: ReactNode }): ReactElement {
  const body = useRef<HTMLDivElement>(null)
  const begin = useEffectEvent(discard.reset)
  useEffect(() => {
    begin()
    // The dialog moves the focus to what carries this mark, a moment later.
    if (body.current?.querySelector('[data-autofocus]') === null) {
      findFirstField(body.current)?.setAttribute('data-autofocus', 'true')
    }
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only notes that something was entered
    <div ref={body} {...discard.watch}>
      <UnsavedNote value={discard.noteUnsaved}>
        <InDialog value>{children}</InDialog>
      </UnsavedNote>
      {discard.question}
    </div>
  )
}

const FIELDS = 'input:not([type="hidden"], :disabled, [readonly]), textarea:not(:disabled), select:not(:disabled)'

/** The first field that can be filled in; of radio buttons the chosen one. */
export function findFirstField(within: Element): HTMLElement | null {
  const first = within.querySelector<HTMLElement>(FIELDS)
  const isRadio = first instanceof HTMLInputElement && first.type === 'radio'
  return isRadio ? (within.querySelector<HTMLElement>('input[type="radio"]:checked') ?? first) : first
}
