import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { baseUrlProblem, canonicalBaseUrl, parseOrigin } from '../../../../shared/domain/base-url.ts'
import { findProvider } from '../../../../shared/domain/providers/providers.ts'

interface BaseUrlFieldProps {
  readonly provider: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly description?: string
}

function vendorAddress(provider: string): string {
  return findProvider(provider)?.defaultBaseUrl ?? ''
}

/** Why the address cannot be used; null when it can, and for an empty one, which is the vendor's own. */
export function typedProblem(text: string): string | null {
  return text.trim() === '' ? null : baseUrlProblem(text)
}

/** The host of an address; an empty one is the vendor's own. */
export function originFor(provider: string, text: string): string | null {
  return parseOrigin(text.trim() === '' ? vendorAddress(provider) : text)
}

/** A note on the spelling: a host with letters outside ASCII has another name in requests, which is shown. */
function spelling(text: string): string | undefined {
  return /[^\x20-\x7e]/u.test(text) && typedProblem(text) === null
    ? `The address is ${canonicalBaseUrl(text)}. Compare it with the one that you were given`
    : undefined
}

/** An address other than the vendor's. A mistake is shown once the field loses the focus. */
export function BaseUrlField({ provider, value, onChange, description }: BaseUrlFieldProps): ReactElement {
  const [left, setLeft] = useState(false)
  return (
    <TextInput
      label="Base URL"
      description={spelling(value) ?? description}
      placeholder={vendorAddress(provider)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => setLeft(true)}
      error={left ? typedProblem(value) : null}
      spellCheck={false}
      classNames={{ input: 'c-mono' }}
    />
  )
}
