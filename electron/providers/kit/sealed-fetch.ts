import { CallFailure } from './errors.ts'
import { providerFetch } from './network.ts'

/** A page of 1,000 rows is well under 1 MB; anything near this bound is not a list of people or keys. */
const LARGEST_ANSWER = 32 * 1024 * 1024

const STATUS_WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304])

export interface Seal {
  /** Where requests may go. Anything else is refused before it is sent. */
  readonly baseUrl: string
  /** Headers of every request; they replace those of the SDK and its environment variables. */
  readonly fixed: Readonly<Record<string, string>>
  /** Names of headers, in lower case, that the SDK may set by itself. All others are dropped. */
  readonly allowed: ReadonlySet<string>
  readonly onRequest?: (() => void) | undefined
  /** The function that sends; `providerFetch` unless given. */
  readonly send?: typeof fetch | undefined
}

/**
 * The one way out to a provider. Both SDKs read headers from environment variables that no option disables
 * (`OPENAI_CUSTOM_HEADERS`, `ANTHROPIC_CUSTOM_HEADERS`) and report the machine in `X-Stainless-*`; so the headers that
 * leave are named here. Redirects are not followed, since they would carry the credential elsewhere. The body is read
 * whole, so that a timeout and a cut connection in the middle of it count as failures of the request.
 */
export function sealedFetch(seal: Seal): typeof fetch {
  const { origin } = new URL(seal.baseUrl)
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw new Error(`A request to ${url.origin} was stopped: the connection is to ${origin}`)
    const headers = new Headers()
    new Headers(init?.headers).forEach((value, name) => {
      if (seal.allowed.has(name)) headers.set(name, value)
    })
    for (const [name, value] of Object.entries(seal.fixed)) headers.set(name, value)
    seal.onRequest?.()
    const answer = await (seal.send ?? providerFetch)(url, { ...init, headers, redirect: 'manual' })
    const body = await wholeBody(answer)
    return new Response(STATUS_WITHOUT_BODY.has(answer.status) ? null : body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
    })
  }
}

async function wholeBody(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > LARGEST_ANSWER) {
      throw new CallFailure('oversized', `it is larger than ${LARGEST_ANSWER / 1024 / 1024} MB, the most that is read`)
    }
    parts.push(part)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
