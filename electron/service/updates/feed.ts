import { counted } from '../../../shared/domain/counted.ts'
import { CallFailure, deepestCause } from '../../providers/kit/errors.ts'
import { providerFetch } from '../../providers/kit/network.ts'
import { errorCode } from '../../files/private-file.ts'
import { Refusal } from '../kit/refusal.ts'
import { DESCRIPTION_FILE, LARGEST, SIGNATURE_FILE, type SignedBytes } from './description.ts'
import { UpdateRefused } from './refused.ts'

/** Reads the description of a feed's release and its signature: two requests, none of them redirected. */
export async function fetchDescription(feed: string, signal: AbortSignal | undefined): Promise<SignedBytes> {
  const description = await fetchSmall(feed, DESCRIPTION_FILE, signal)
  return { description, signature: await fetchSmall(feed, SIGNATURE_FILE, signal) }
}

async function fetchSmall(
  feed: string,
  name: keyof typeof LARGEST,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const answer = await askFeed(feed, name, { signal })
  if (answer.status !== 200) throw await refuseStatus(feed, name, answer)
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of answer.body ?? []) {
      length += piece.length
      if (length > LARGEST[name]) {
        throw new UpdateRefused(
          `${name} of ${feed} is larger than ${counted(LARGEST[name], 'byte')}, the most that is read.`,
          'Check the address of the feed under Settings, About.',
        )
      }
      pieces.push(piece)
    }
  } catch (error) {
    throw error instanceof UpdateRefused ? error : unreachable(feed, error)
  }
  return Buffer.concat(pieces)
}

/** Sends one request for a file of the feed. Throws `Refusal` CONFLICT where no answer comes. */
export async function askFeed(
  feed: string,
  name: string,
  { signal, from = 0 }: { readonly signal: AbortSignal | undefined; readonly from?: number },
): Promise<Response> {
  const headers: Record<string, string> = { accept: '*/*', 'accept-encoding': 'identity' }
  if (from > 0) headers['range'] = `bytes=${from}-`
  try {
    // Undici has no type for an absent signal.
    return await providerFetch(`${feed}/${encodeURIComponent(name)}`, {
      headers,
      redirect: 'manual',
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    throw unreachable(feed, error)
  }
}

export async function refuseStatus(feed: string, name: string, answer: Response): Promise<Refusal> {
  await answer.body?.cancel().catch(() => undefined)
  const redirected = answer.status >= 300 && answer.status < 400
  return new Refusal(
    'CONFLICT',
    `The feed ${feed} answered ${answer.status} for ${name}.`,
    redirected
      ? 'Redirects are not followed. Name the address that holds the files themselves.'
      : `Check the address under Settings, About: it is the folder that holds ${DESCRIPTION_FILE}.`,
  )
}

function unreachable(feed: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const cause = error instanceof Error ? deepestCause(error) : null
  const reason = error instanceof CallFailure ? error.message : (errorCode(cause) ?? cause?.message ?? '')
  return new Refusal(
    'CONFLICT',
    `The feed ${feed} does not answer${reason === '' ? '' : `: ${reason}`}.`,
    'Check the address, the network and the proxy (Settings, About), and try again. An update file works without a network.',
    { cause: error },
  )
}
