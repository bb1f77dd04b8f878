import * as fc from 'fast-check'

import { makeRandom } from '../providers/random.ts'

const DIGITS = '0123456789'
const HEX = `${DIGITS}abcdef`
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const ALNUM = DIGITS + LOWER + UPPER
const URL = `${ALNUM}_-`
const BASE64 = `${ALNUM}+/`

/**
 * A secret as its issuer writes it: what is public, its random part, and what follows that. Made in each run, so that no file has one.
 * Written from the issuers' documents and public rules, not from the table that is tested.
 */
export interface MadeShape {
  readonly name: string
  /** The parts in their order: text as it is, or random characters. */
  readonly parts: readonly (string | readonly [alphabet: string, length: number])[]
}

const shape = (name: string, ...parts: MadeShape['parts']): MadeShape => ({ name, parts })

export const MADE_SHAPES: readonly MadeShape[] = [
  shape('OpenAI project key', 'sk-proj-', [URL, 74], 'T3BlbkFJ', [URL, 74]),
  shape('OpenAI service-account key', 'sk-svcacct-', [URL, 58], 'T3BlbkFJ', [URL, 58]),
  shape('OpenAI admin key', 'sk-admin-', [URL, 58], 'T3BlbkFJ', [URL, 58]),
  shape('OpenAI key of the first form', 'sk-', [ALNUM, 20], 'T3BlbkFJ', [ALNUM, 20]),
  shape('Anthropic key', 'sk-ant-api03-', [URL, 93], 'AA'),
  shape('Anthropic admin key', 'sk-ant-admin01-', [URL, 93], 'AA'),
  shape('Anthropic Enterprise key', 'sk-ant-api01-', [URL, 93], 'AA'),
  shape('Anthropic OAuth token', 'sk-ant-oat01-', [URL, 80]),
  shape('Anthropic refresh token', 'sk-ant-ort01-', [URL, 80]),
  shape('OpenRouter key', 'sk-or-v1-', [HEX, 64]),
  shape('LiteLLM key', 'sk-', [URL, 22]),
  shape('DeepSeek key', 'sk-', [HEX, 32]),
  shape('Cursor key', 'key_', [HEX, 64]),
  shape('Cursor key of the newer form', 'crsr_', [HEX, 64]),
  shape('Gemini key', 'AQ.Ab8RN6', [URL, 44]),
  shape('Google key', 'AIza', [URL, 35]),
  shape('Bedrock key', 'ABSK', [BASE64, 120], '='),
  shape('Bedrock key of some hours', 'bedrock-api-key-', [BASE64, 100]),
  shape('Azure OpenAI key', 'azure openai key: ', [HEX, 32]),
  shape('Azure OpenAI key of the newer form', [ALNUM, 52], 'JQQJ99', [ALNUM, 14], 'ACOG', [ALNUM, 4]),
  shape('Azure client secret', [ALNUM, 3], '8Q~', [ALNUM, 34]),
  shape('Mistral key', 'Mistral key ', [ALNUM, 32]),
  shape('Cohere key', 'COHERE_API_KEY=', [ALNUM, 40]),
  shape('Groq key', 'gsk_', [ALNUM, 52]),
  shape('xAI key', 'xai-', [ALNUM, 80]),
  shape('Perplexity key', 'pplx-', [ALNUM, 48]),
  shape('Together key', 'tgp_v1_', [URL, 43]),
  shape('Cerebras key', 'csk-', [ALNUM, 48]),
  shape('NVIDIA key', 'nvapi-', [URL, 64]),
  shape('Replicate token', 'r8_', [ALNUM, 37]),
  shape('Hugging Face token', 'hf_', [LOWER + UPPER, 34]),
  shape('ElevenLabs key', 'sk_', [HEX, 48]),
  shape('Vercel key', 'vck_', [URL, 56]),
  shape('GitHub token', 'ghp_', [ALNUM, 36]),
  shape('GitHub OAuth token', 'gho_', [ALNUM, 36]),
  shape('GitHub user token', 'ghu_', [ALNUM, 36]),
  shape('GitHub app token', 'ghs_', [ALNUM, 36]),
  shape('GitHub refresh token', 'ghr_', [ALNUM, 76]),
  shape('fine-grained GitHub token', 'github_pat_', [ALNUM, 22], '_', [ALNUM, 59]),
  shape('GitLab token', 'glpat-', [URL, 20]),
  shape('GitLab runner token', 'glrt-', [URL, 20]),
  shape('npm token', 'npm_', [ALNUM, 36]),
  shape('PyPI token', 'pypi-AgEIcHlwaS5vcmc', [URL, 120]),
  shape('RubyGems key', 'rubygems_', [HEX, 48]),
  shape('Docker token', 'dckr_pat_', [URL, 27]),
  shape('Vault token', 'hvs.', [URL, 92]),
  shape('Stripe key', 'sk_live_', [ALNUM, 99]),
  shape('Stripe test key', 'rk_test_', [ALNUM, 24]),
  shape('webhook secret', 'whsec_', [ALNUM, 32]),
  shape('Slack bot token', 'xoxb-', [DIGITS, 12], '-', [DIGITS, 12], '-', [ALNUM, 24]),
  shape('Slack app token', 'xapp-1-A', [UPPER, 10], '-', [DIGITS, 13], '-', [HEX, 64]),
  shape('Slack webhook', 'https://hooks.slack.com/services/T', [UPPER, 8], '/B', [UPPER, 8], '/', [ALNUM, 24]),
  shape('Teams workflow', 'https://prod-1.westeurope.logic.azure.com/workflows/x/triggers/y?sv=1&sig=', [ALNUM, 43]),
  shape(
    'Teams webhook',
    'https://northfold.webhook.office.com/webhookb2/',
    [HEX, 32],
    '@',
    [HEX, 32],
    '/IncomingWebhook/',
    [HEX, 32],
  ),
  shape('Discord webhook', 'https://discord.com/api/webhooks/123456789012345678/', [URL, 68]),
  shape('signed token', 'eyJ', [URL, 33], '.eyJ', [URL, 40], '.', [URL, 43]),
  shape(
    'private key',
    '-----BEGIN PRIVATE KEY-----\n',
    [BASE64, 64],
    '\n',
    [BASE64, 60],
    '\n-----END PRIVATE KEY-----',
  ),
  shape('AWS access key', 'AKIA', [`${UPPER}234567`, 16]),
  shape('AWS secret key', 'aws_secret_access_key = ', [ALNUM, 40]),
  shape('password in a URL', 'postgres://castellan:', [ALNUM, 18], '@db.northfold.example/team'),
  shape('SendGrid key', 'SG.', [URL, 22], '.', [URL, 43]),
  shape('Databricks token', 'dapi', [HEX, 32]),
  shape('DigitalOcean token', 'dop_v1_', [HEX, 64]),
  shape('Supabase token', 'sbp_', [HEX, 40]),
  shape('Telegram token', [DIGITS, 10], ':AA', [URL, 33]),
  shape('Linear key', 'lin_api_', [ALNUM, 40]),
  shape('Notion token', 'ntn_', [DIGITS, 11], [ALNUM, 35]),
  shape('Grafana token', 'glsa_', [ALNUM, 32], '_', [HEX, 8]),
  shape('LangSmith key', 'lsv2_pt_', [HEX, 32], '_', [HEX, 10]),
  shape('Atlassian token', 'ATATT3', [URL, 186]),
  shape('Terraform token', [ALNUM, 14], '.atlasv1.', [URL, 67]),
  shape('Postman key', 'PMAK-', [HEX, 24], '-', [HEX, 34]),
  shape('age key', 'AGE-SECRET-KEY-1', [`${UPPER}234567`, 58]),
]

export interface MadeSecret {
  readonly name: string
  readonly text: string
  /** What no text may contain: ten characters of each random part, where it has as many without those that are the ending. */
  readonly parts: readonly string[]
}

/** A secret of a shape from a source of numbers below 1. */
export function makeSecret({ name, parts }: MadeShape, random: () => number): MadeSecret {
  let text = ''
  const hidden: string[] = []
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else {
      const [alphabet, length] = part
      const made = Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('')
      text += made
      if (length >= 14) for (let at = 0; at + 10 <= length - 4; at += 5) hidden.push(made.slice(at, at + 10))
    }
  }
  return { name, text, parts: hidden }
}

export const anySecret = fc
  .tuple(fc.constantFrom(...MADE_SHAPES), fc.integer())
  .map(([shape, seed]) => makeSecret(shape, makeRandom(seed)))

/** The part of a secret that a text contains; null where it contains none. */
export function findPart({ parts }: MadeSecret, text: string): string | null {
  return parts.find((part) => text.includes(part)) ?? null
}
