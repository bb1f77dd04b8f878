import { useState, type ReactElement, type Ref } from 'react'

import { CopyButton } from './copy-button.tsx'
import { computeDigest } from './clipboard.ts'

export interface SecretCopies {
  /** After how many seconds the last copy is cleared; null when it is not cleared, undefined before the first copy. */
  readonly seconds: number | null | undefined
  /** Reports that a text was copied. */
  readonly note: (text: string) => void
}

/** Follows copies of a secret; `report` asks the desktop to clear the text with a digest (SHA-256, in hex). */
export function useSecretCopies(
  report: (sha256: string) => Promise<{ readonly seconds: number | null }>,
): SecretCopies {
  const [seconds, setSeconds] = useState<SecretCopies['seconds']>()
  const note = (text: string): void => {
    computeDigest(text)
      .then(report)
      .then(
        (answer) => setSeconds(answer.seconds),
        () => setSeconds(null),
      )
  }
  return { seconds, note }
}

interface SecretTextProps {
  readonly text: string
  /** Its name, for assistive technology. */
  readonly label: string
  readonly copies: SecretCopies
  readonly ref?: Ref<HTMLOutputElement>
}

/** A secret on screen; copied selections of it are cleared from the clipboard as well. */
export function SecretText({ text, label, copies, ref }: SecretTextProps): ReactElement {
  return (
    <output
      ref={ref}
      tabIndex={-1}
      className="c-code"
      aria-label={label}
      onCopy={() => copies.note(document.getSelection()?.toString() ?? '')}
    >
      {text}
    </output>
  )
}

interface SecretCopyButtonProps {
  readonly text: string
  readonly label: string
  readonly copies: SecretCopies
}

export function SecretCopyButton({ text, label, copies }: SecretCopyButtonProps): ReactElement {
  return <CopyButton text={text} label={label} onCopied={copies.note} />
}

/** The clearing of the copy, in words. */
export function SecretCopied({ copies: { seconds } }: { readonly copies: SecretCopies }): ReactElement {
  return (
    <p className="c-quiet" aria-live="polite">
      {seconds === undefined ? '' : toWords(seconds)}
    </p>
  )
}

function toWords(seconds: number | null): string {
  return seconds === null
    ? 'Copied. The clipboard is not cleared automatically: copy something else when you are done.'
    : `Copied. The clipboard is cleared in ${seconds} seconds.`
}
