import type { CalledProviderId } from '../../../shared/domain/providers/providers.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeCursor } from '../../providers/fake-cursor.ts'
import { startFakeGitHub } from '../../providers/fake-github.ts'
import { startFakeLiteLlm } from '../../providers/fake-litellm.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../providers/fake-openrouter.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../providers/fixtures/acme-anthropic.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from '../../providers/fixtures/fjord-cursor.ts'
import { FJORD_TOKEN, fjordGitHub } from '../../providers/fixtures/fjord-github.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../providers/fixtures/northfold-openai.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../providers/fixtures/quay-litellm.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../providers/fixtures/tarn-openrouter.ts'
import type { FakeOptions, FakeServer } from '../../providers/http.ts'
import { UNLIMITED } from '../../providers/throttle.ts'
import { VARIANTS, type Variant } from '../../providers/variants.ts'

/** Providers of organizations with projects and keys. */
export type Called = Extract<CalledProviderId, 'openai' | 'anthropic' | 'openrouter'>

/** A provider whose fake server behaves in one way. */
export interface Place<P extends CalledProviderId = Called> {
  readonly provider: P
  readonly variant: Variant
}

/** Every way of behaving of some providers, for `describe.each(places(…))('$provider, $variant', …)`. */
export function places<P extends Called>(...providers: readonly P[]): readonly Place<P>[] {
  return providers.flatMap((provider) => VARIANTS.map((variant) => ({ provider, variant })))
}

/** The credential of the organization that `startPlace` serves. */
export const CREDENTIAL: Readonly<Record<CalledProviderId, string>> = {
  openai: NORTHFOLD_CREDENTIAL,
  anthropic: ACME_CREDENTIAL,
  openrouter: TARN_CREDENTIAL,
  litellm: QUAY_MASTER_KEY,
  'github-copilot': FJORD_TOKEN,
  'cursor-team': FJORD_CURSOR_KEY,
}

type Start = (place: Pick<Place, 'variant'> & FakeOptions) => Promise<FakeServer>

const START: Readonly<Record<CalledProviderId, Start>> = {
  // What is throttled has tests of its own, on a clock that does not wait.
  openai: (place) => startFakeOpenAi({ organizations: [northfoldOpenAi()], throttle: UNLIMITED, ...place }),
  anthropic: (place) => startFakeAnthropic({ organizations: [acmeAnthropic()], ...place }),
  openrouter: (place) => startFakeOpenRouter({ organizations: [tarnOpenRouter()], ...place }),
  litellm: (place) => startFakeLiteLlm(quayLiteLlm(), place),
  'github-copilot': (place) => startFakeGitHub({ organizations: [fjordGitHub()], ...place }),
  'cursor-team': (place) => startFakeCursor({ teams: [fjordCursor()], ...place }),
}

/** A fake server with one small organization. */
export function startPlace(
  { provider, variant }: Place<CalledProviderId>,
  options: FakeOptions = {},
): Promise<FakeServer> {
  return START[provider]({ variant, ...options })
}
