import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { baseUrlProblem, canonicalBaseUrl, parseOrigin } from '../../../shared/domain/base-url.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'

interface BaseUrlFieldProps {
  readonly provider: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly description?: string
}

function vendorAddress(provider: string): string {
  return findProvider(provider)?.defaultBaseUrl ?? ''
}

/** Why the address may not be called; null when it may, and for an empty one, which is the vendor's own. */
export function typedProblem(text: string): string | null {
  return text.trim() === '' ? null : baseUrlProblem(text)
}

/** Where an address leads; an empty one is the vendor's own. */
export function originFor(provider: string, text: string): string | null {
  return parseOrigin(text.trim() === '' ? vendorAddress(provider) : text)
}

/** What to know of the spelling: a host with letters outside ASCII is called by another name, which is shown. */
function spelling(text: string): string | undefined {
  return /[^\x20-\x7e]/u.test(text) && typedProblem(text) === null
    ? `The address is ${canonicalBaseUrl(text)}. Compare it with the one that you were given`
    : undefined
}

/** An address other than the vendor's. What is wrong with it is shown once the field was left. */
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
