import { PasswordInput } from '@mantine/core'
import type { ReactElement } from 'react'

import { checkCredential, keyWord, recognizeCredential } from '../../../../shared/domain/providers/credential.ts'
import { useSecretPlace } from '../../../entities/secret-place.ts'
import { findProvider, isProviderId } from '../../../../shared/domain/providers/providers.ts'
import { capitalize } from '../../../../shared/domain/capitalize.ts'

interface CredentialFieldProps {
  readonly provider: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly required?: boolean
  /** True if it has the focus at first. */
  readonly takesFocus?: boolean
}

/** Shorter texts are still being typed. */
const JUDGED_FROM = 6

/** The fault in the form of a credential, once enough is typed; null when there is none. */
export function credentialProblem(provider: string, text: string): string | null {
  if (!isProviderId(provider) || text.trim().length < JUDGED_FROM) return null
  const check = checkCredential(provider, text)
  return check.ok ? null : check.reason
}

function toLabel(word: string): string {
  return capitalize(word)
}

function withStop(sentence: string | null): string {
  return sentence === null || sentence.endsWith('.') ? (sentence ?? '') : `${sentence}.`
}

/** The field for an admin key: hidden, checked before it leaves the window, never shown again. */
export function CredentialField({
  provider,
  value,
  onChange,
  required = false,
  takesFocus = false,
}: CredentialFieldProps): ReactElement {
  const check = isProviderId(provider) && value.trim().length >= JUDGED_FROM ? checkCredential(provider, value) : null
  const warning = check?.ok === true ? check.warning : null
  const { adminPrefix: prefix = '', credentialWords: words = '' } = findProvider(provider) ?? {}
  const place = useSecretPlace()
  const known = recognizeCredential(value)
  const about = known?.fits === true && check?.ok === true ? `Recognized as ${known.what}` : words
  return (
    <PasswordInput
      label={toLabel(keyWord(provider))}
      description={[about, warning, place]
        .filter((part) => part !== null && part !== '')
        .map(withStop)
        .join(' ')}
      placeholder={prefix === '' ? undefined : `${prefix}…`}
      required={required}
      data-autofocus={takesFocus || undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={credentialProblem(provider, value)}
      autoComplete="off"
      spellCheck={false}
      classNames={{ innerInput: 'c-mono' }}
      visibilityToggleButtonProps={{ 'aria-label': 'Show input', miw: 24, mih: 24 }}
    />
  )
}
