import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../providers/fake-openrouter.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../providers/fixtures/northfold-openai.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../providers/fixtures/tarn-openrouter.ts'
import type { FakeOptions, FakeServer } from '../../providers/http.ts'
import { UNLIMITED } from '../../providers/throttle.ts'
import { VARIANTS, type Variant } from '../../providers/variants.ts'

export type Called = Extract<ProviderId, 'openai' | 'anthropic' | 'openrouter'>

/** A provider whose fake server behaves in one way. */
export interface Place<P extends Called = Called> {
  readonly provider: P
  readonly variant: Variant
}

/** Every way of behaving of some providers, for `describe.each(places(…))('$provider, $variant', …)`. */
export function places<P extends Called>(...providers: readonly P[]): readonly Place<P>[] {
  return providers.flatMap((provider) => VARIANTS.map((variant) => ({ provider, variant })))
}

/** The credential of the organization that `startPlace` serves. */
export const CREDENTIAL: Readonly<Record<Called, string>> = {
  openai: NORTHFOLD_CREDENTIAL,
  anthropic: ACME_CREDENTIAL,
  openrouter: TARN_CREDENTIAL,
}

/** A fake server with one small organization. */
export function startPlace({ provider, variant }: Place, options: FakeOptions = {}): Promise<FakeServer> {
  if (provider === 'openai') {
    // What is throttled has tests of its own, on a clock that does not wait.
    return startFakeOpenAi({ organizations: [northfoldOpenAi()], variant, throttle: UNLIMITED, ...options })
  }
  return provider === 'anthropic'
    ? startFakeAnthropic({ organizations: [acmeAnthropic()], variant, ...options })
    : startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant, ...options })
}
