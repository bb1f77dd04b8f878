/**
 * One provider of each kind that is called on fixed local ports, with a small organization each, for manual tests:
 * `node test/providers/serve.ts`. Stops on Ctrl+C.
 */
import { startFakeAnthropic } from './fake-anthropic.ts'
import { startFakeCursor } from './fake-cursor.ts'
import { startFakeGitHub } from './fake-github.ts'
import { startFakeLiteLlm } from './fake-litellm.ts'
import { startFakeOpenAi } from './fake-openai.ts'
import { startFakeOpenRouter } from './fake-openrouter.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from './fixtures/acme-anthropic.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from './fixtures/fjord-cursor.ts'
import { FJORD_TOKEN, fjordGitHub } from './fixtures/fjord-github.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from './fixtures/northfold-openai.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from './fixtures/quay-litellm.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from './fixtures/tarn-openrouter.ts'

const OPENAI_PORT = 4401
const ANTHROPIC_PORT = 4402
const OPENROUTER_PORT = 4403
const GITHUB_PORT = 4404
const CURSOR_PORT = 4405
const LITELLM_PORT = 4406

const openai = await startFakeOpenAi({ organizations: [northfoldOpenAi()], port: OPENAI_PORT })
const anthropic = await startFakeAnthropic({ organizations: [acmeAnthropic()], port: ANTHROPIC_PORT })
const openrouter = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], port: OPENROUTER_PORT })
const github = await startFakeGitHub({ organizations: [fjordGitHub()], port: GITHUB_PORT })
const cursor = await startFakeCursor({ teams: [fjordCursor()], port: CURSOR_PORT })
const litellm = await startFakeLiteLlm(quayLiteLlm(), { port: LITELLM_PORT })

console.log(`OpenAI     ${openai.baseUrl}   ${NORTHFOLD_CREDENTIAL}`)
console.log(`Anthropic  ${anthropic.baseUrl}      ${ACME_CREDENTIAL}`)
console.log(`OpenRouter ${openrouter.baseUrl}   ${TARN_CREDENTIAL}`)
console.log(`GitHub     ${github.baseUrl}          ${FJORD_TOKEN}`)
console.log(`Cursor     ${cursor.baseUrl}          ${FJORD_CURSOR_KEY}`)
console.log(`LiteLLM    ${litellm.baseUrl}          ${QUAY_MASTER_KEY}`)
