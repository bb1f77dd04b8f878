/**
 * One provider of each kind on fixed local ports, with a small organization each, for trying things by hand:
 * `node test/providers/serve.ts`. Stops on Ctrl+C.
 */
import { startFakeAnthropic } from './fake-anthropic.ts'
import { startFakeOpenAi } from './fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from './fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from './fixtures/northfold-openai.ts'

const OPENAI_PORT = 4401
const ANTHROPIC_PORT = 4402

const openai = await startFakeOpenAi({ organizations: [northfoldOpenAi()], port: OPENAI_PORT })
const anthropic = await startFakeAnthropic({ organizations: [acmeAnthropic()], port: ANTHROPIC_PORT })

console.log(`OpenAI     ${openai.baseUrl}   ${NORTHFOLD_CREDENTIAL}`)
console.log(`Anthropic  ${anthropic.baseUrl}      ${ACME_CREDENTIAL}`)
