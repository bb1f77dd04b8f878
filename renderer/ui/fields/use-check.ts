import { useEffect, type RefObject } from 'react'

import { clearFieldMessage } from './messages.ts'

/** Refuses the value of a field for a reason, or allows it (null): its form is not submitted with a refused one. */
export function useFieldCheck(field: RefObject<HTMLInputElement | null>, problem: string | null): void {
  useEffect(() => {
    if (field.current === null) return
    field.current.setCustomValidity(problem ?? '')
    if (problem === null) clearFieldMessage(field.current)
  }, [field, problem])
}
