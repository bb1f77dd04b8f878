import { TextInput } from '@mantine/core'
import { useRef, type ReactElement, type ReactNode } from 'react'

import { useFieldCheck } from './use-check.ts'
import { numberWords, type NumberBounds } from './words.ts'

interface NumberFieldProps extends NumberBounds {
  readonly label: string
  readonly description?: ReactNode
  readonly placeholder?: string
  /** The name of the field in the contract. */
  readonly name?: string
  /** As it was typed. */
  readonly value: string
  readonly onChange: (text: string) => void
  readonly 'data-autofocus'?: boolean
}

/** A whole number with its unit. Whatever is typed stays in the field, and is refused there when it is no such number. */
export function NumberField(props: NumberFieldProps): ReactElement {
  const { min, max, unit, required = false, value, onChange, ...field } = props
  const input = useRef<HTMLInputElement>(null)
  useFieldCheck(input, numberWords(value, { min, max, unit, required }))
  return (
    <TextInput
      {...field}
      ref={input}
      inputMode="numeric"
      autoComplete="off"
      required={required}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={<span className="c-unit">{unit}</span>}
      rightSectionWidth="max-content"
      rightSectionPointerEvents="none"
    />
  )
}
