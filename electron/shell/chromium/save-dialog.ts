import { randomBytes } from 'node:crypto'

import type { BrowserContext, Route } from 'playwright-core'

import type { SaveAnswer, SaveQuestion } from '../../../shared/contract/control.ts'
import { newNonce, pageHeaders } from '../headers.ts'
import { answerToForm, formPage, formPolicy, type SaveForm } from './save-form.ts'

/** A separate origin and site: the window can neither read the form nor fill it in. `.invalid` never resolves. */
const ORIGIN = 'https://castellan-save.invalid'

/** The save dialog of a shell whose browser offers none to a service: a page that only the shell opens. */
export interface SaveDialog {
  /** True if a page that appears is the dialog. */
  readonly isOpening: () => boolean
  /** Asks, and closes the page; one that is still open is cancelled first. */
  readonly ask: (question: SaveQuestion, suggested: string) => Promise<SaveAnswer>
  /** Cancels the open question. */
  readonly cancel: () => void
}

export function newSaveDialog(context: BrowserContext): SaveDialog {
  let opening = 0
  let cancel: (() => void) | null = null
  const ask: SaveDialog['ask'] = async (question, suggested) => {
    cancel?.()
    const { promise, resolve } = Promise.withResolvers<SaveAnswer>()
    const end = (): void => resolve({ outcome: 'cancelled' })
    cancel = end
    const url = `${ORIGIN}/${randomBytes(16).toString('hex')}`
    const handle = (route: Route) => answer(route, question, suggested, resolve)
    await context.route(url, handle)
    opening += 1
    const page = await context.newPage().finally(() => {
      opening -= 1
    })
    page.on('close', end)
    try {
      await page.goto(url)
      await page.bringToFront()
      return await promise
    } finally {
      await context.unroute(url, handle).catch(() => undefined)
      await page.close().catch(() => undefined)
    }
  }
  return { isOpening: () => opening > 0, ask, cancel: () => cancel?.() }
}

async function answer(
  route: Route,
  question: SaveQuestion,
  suggested: string,
  settle: (answer: SaveAnswer) => void,
): Promise<void> {
  const request = route.request()
  const first: SaveForm = { path: suggested, problem: null, offersReplacing: false }
  const next =
    request.method() === 'POST' ? answerToForm(question, new URLSearchParams(request.postData() ?? '')) : first
  const nonce = newNonce()
  const headers = { ...pageHeaders('text/html; charset=utf-8', nonce), 'Content-Security-Policy': formPolicy(nonce) }
  const page = 'outcome' in next ? { status: 204 } : { status: 200, body: formPage(question, next, nonce) }
  // The page may have been closed.
  await route.fulfill({ ...page, headers }).catch(() => undefined)
  if ('outcome' in next) settle(next)
}
