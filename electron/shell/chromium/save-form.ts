import { lstatSync, statSync } from 'node:fs'
import { dirname, isAbsolute, normalize } from 'node:path'

import type { SaveAnswer, SaveQuestion } from '../../../shared/contract/control.ts'

/** The form as it is shown: the typed path, why it was rejected, and whether replacing a file is offered. */
export interface SaveForm {
  readonly path: string
  readonly problem: string | null
  readonly offersReplacing: boolean
}

/**
 * The result of a sent form: an answer, or the form again. An existing file is replaced only when its path was
 * confirmed.
 */
export function answerToForm(question: SaveQuestion, sent: URLSearchParams): SaveAnswer | SaveForm {
  if (sent.has('cancel')) return { outcome: 'cancelled' }
  const typed = (sent.get('path') ?? '').trim()
  const again = (problem: string, offersReplacing = false): SaveForm => ({ path: typed, problem, offersReplacing })
  if (!isAbsolute(typed) || typed.includes('\0')) return again('Write the full path, from the root.')
  const path = normalize(typed)
  const folder = question.folder === true ? path : dirname(path)
  if (!isFolder(folder)) return again('This folder does not exist. Create it, or choose another one.')
  if (question.folder !== true) {
    if (isFolder(path)) return again('This is a folder. Add the name of a file.')
    const found = entryAt(path)
    if (found === 'unknown') return again('This is not a path that can be written to. Write a shorter one.')
    if (found === 'there' && sent.get('replace') !== typed) return again('A file with this name already exists.', true)
  }
  return { outcome: 'chosen', path }
}

function entryAt(path: string): 'there' | 'absent' | 'unknown' {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? 'absent' : 'there'
  } catch {
    return 'unknown'
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The page of the form: self-contained, without a script, and sent only to its own address. */
export function formPage(question: SaveQuestion, form: SaveForm, nonce: string): string {
  const path = escaped(form.path)
  const what = question.folder === true ? 'Folder' : 'File'
  const replace = `<button name="replace" value="${path}">Replace the file</button>`
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Save - Castellan</title>
<style nonce="${nonce}">${STYLE}</style>
<form method="post">
<h1>Save</h1>
<label for="path">${what} on this machine, as a full path</label>
<input id="path" name="path" value="${path}" autocomplete="off" spellcheck="false" required autofocus>
<p role="alert">${escaped(form.problem ?? '')}</p>
<p><button>Save</button> ${form.offersReplacing ? replace : ''} <button name="cancel" value="1" formnovalidate>Cancel</button></p>
</form></html>
`
}

const STYLE = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
form { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
label { display: block } h1 { font-size: 1.3rem } button { font: inherit; padding: .3rem .8rem }
input { box-sizing: border-box; width: 100%; padding: .4rem; font: 14px/1.5 ui-monospace, monospace }`

/** The content policy of the form: it may be shown, and be sent to its own origin. */
export function formPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => NAMED[character] ?? character)
}
