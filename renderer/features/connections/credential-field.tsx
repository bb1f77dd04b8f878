import { PasswordInput } from '@mantine/core'
import type { ReactElement } from 'react'

import { checkCredential } from '../../../shared/domain/providers/credential.ts'
import { findProvider, isProviderId } from '../../../shared/domain/providers/providers.ts'

interface CredentialFieldProps {
  readonly provider: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly required?: boolean
  readonly autoFocus?: boolean
}

/** Shorter texts are still being typed. */
const JUDGED_FROM = 6

/** What is wrong with the form of a credential, once enough is typed; null when nothing is. */
export function credentialProblem(provider: string, text: string): string | null {
  if (!isProviderId(provider) || text.trim().length < JUDGED_FROM) return null
  const check = checkCredential(provider, text)
  return check.ok ? null : check.reason
}

/** The field for an admin key: hidden, checked before it leaves the window, never shown again. */
export function CredentialField({
  provider,
  value,
  onChange,
  required = false,
  autoFocus = false,
}: CredentialFieldProps): ReactElement {
  const check = isProviderId(provider) && value.trim().length >= JUDGED_FROM ? checkCredential(provider, value) : null
  const warning = check?.ok === true ? check.warning : null
  const { adminPrefix: prefix = '', credentialWords: words = '' } = findProvider(provider) ?? {}
  return (
    <PasswordInput
      label="Admin key"
      description={
        warning ??
        `${words === '' ? '' : `${words}. `}Stored in your system keychain. Never shown again, and in no file or log`
      }
      placeholder={prefix === '' ? undefined : `${prefix}…`}
      required={required}
      data-autofocus={autoFocus || undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={credentialProblem(provider, value)}
      autoComplete="off"
      spellCheck={false}
      classNames={{ innerInput: 'c-mono' }}
      visibilityToggleButtonProps={{ 'aria-label': 'Show input' }}
    />
  )
}
