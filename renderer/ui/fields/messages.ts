import { fieldWords, lengthWords } from './words.ts'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const shown = new WeakMap<Field, { readonly message: HTMLElement; readonly describedBy: string | null }>()
let lastId = 0

function toField(target: EventTarget | null): Field | null {
  return target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
    ? target
    : null
}

/**
 * Shows why a field is refused at the field itself, in our words, instead of the browser's bubble: for every form of the
 * window, when it is submitted, and when a person leaves a field that they filled in. The message leaves as soon as the
 * value is allowed.
 */
export function watchFields(page: Document): void {
  const on = (event: string, act: (field: Field, event: Event) => void): void =>
    page.addEventListener(
      event,
      (fired) => {
        const field = toField(fired.target)
        if (field !== null) act(field, fired)
      },
      { capture: true },
    )
  on('invalid', (field, event) => {
    event.preventDefault()
    showFieldMessage(field, fieldWords(field) ?? '')
    if (findFirstInvalid(field.form) === field) field.focus()
  })
  on('focusout', (field) => {
    const words = field.value === '' ? null : fieldWords(field)
    if (words !== null) showFieldMessage(field, words)
  })
  on('input', (field) => {
    if (fieldWords(field) === null) clearFieldMessage(field)
  })
  on('paste', (field, event) => {
    if (!(event instanceof ClipboardEvent) || field instanceof HTMLSelectElement || field.maxLength < 0) return
    const pasted = event.clipboardData?.getData('text/plain').length ?? 0
    const kept = field.value.length - Math.abs((field.selectionEnd ?? 0) - (field.selectionStart ?? 0))
    // The browser would cut the text without a word.
    if (kept + pasted <= field.maxLength) return
    event.preventDefault()
    showFieldMessage(field, lengthWords(kept + pasted, field.maxLength))
  })
}

function findFirstInvalid(form: HTMLFormElement | null): Element | null {
  return form?.querySelector(':invalid:not(fieldset)') ?? null
}

/** Shows a message under a field, which its assistive description includes. */
function showFieldMessage(field: Field, text: string): void {
  clearFieldMessage(field)
  const box =
    field.type === 'checkbox' || field.type === 'radio' ? field.parentElement?.parentElement : field.parentElement
  const message = document.createElement('p')
  lastId += 1
  message.id = `field-message-${lastId}`
  message.className = 'c-field-message'
  message.textContent = text
  const describedBy = field.getAttribute('aria-describedby')
  shown.set(field, { message, describedBy })
  box?.after(message)
  field.setAttribute('aria-describedby', [describedBy, message.id].filter((id) => id !== null).join(' '))
  field.setAttribute('aria-invalid', 'true')
}

/** Takes the message of a field away, if it has one. */
export function clearFieldMessage(field: Field): void {
  const state = shown.get(field)
  if (state === undefined) return
  shown.delete(field)
  state.message.remove()
  field.removeAttribute('aria-invalid')
  if (state.describedBy === null) field.removeAttribute('aria-describedby')
  else field.setAttribute('aria-describedby', state.describedBy)
}

/**
 * Shows the service's reasons at the fields that they name, and moves the focus to the first of them. Returns whether
 * each found its field.
 */
export function showFieldErrors(form: HTMLFormElement, reasons: Readonly<Record<string, string>>): boolean {
  const found = Object.entries(reasons).map(([name, reason]) => {
    const item = form.elements.namedItem(name)
    const field = toField(item instanceof RadioNodeList ? (item[0] ?? null) : item)
    if (field !== null) showFieldMessage(field, reason)
    return field
  })
  found.find((field) => field !== null)?.focus()
  return found.every((field) => field !== null)
}
