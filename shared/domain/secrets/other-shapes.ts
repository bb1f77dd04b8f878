import type { Alphabet } from './token-shapes.ts'

/** A secret with a structure of its own. */
export interface FormShape {
  /** With an article. */
  readonly what: string
  /** The markers; such a secret contains one of them. */
  readonly markers: readonly string[]
  /** The text before the marker and a part of the secret; left out where nothing is. */
  readonly before?: string
  /** The marker and what follows it. With a group `secret` where the rest may be shown. */
  readonly form: string
}

/** Characters of a URL, and of what may be around one, that no password in a URL has. */
const NO_PASSWORD = String.raw`\s/@:"'<>?#\[\]\(\)\{\}\|\\`

const DIGITS = Array.from('0123456789')

export const FORM_SHAPES: readonly FormShape[] = [
  { what: 'a signed token', markers: ['eyJ'], form: String.raw`eyJ[\w\-]{16,2000}\.[\w\-]{16,}\.[\w\-]{16,}[\w.\-]*` },
  {
    what: 'a private key',
    markers: ['-----BEGIN'],
    form: String.raw`-----BEGIN[0-9A-Z ]*PRIVATE ?KEY(?: ?BLOCK)?-----(?:[0-9A-Za-z+\/=\s:,\-]*-----END[0-9A-Z ]*PRIVATE ?KEY(?: ?BLOCK)?-----|[0-9A-Za-z+\/=\s]*)`,
  },
  {
    what: 'a password in a URL',
    markers: ['://'],
    form: `://[^${NO_PASSWORD}]*:(?<secret>[^${NO_PASSWORD}*…]{3,})@(?=[^${NO_PASSWORD}])`,
  },
  {
    what: 'a bearer token',
    markers: ['Bearer ', 'bearer '],
    form: String.raw`[Bb]earer +(?<secret>(?=[\w.~+\/\-]*\d)[\w.~+\/\-]{20,}=*)`,
  },
  { what: 'a signed URL', markers: ['sig='], form: String.raw`sig=(?<secret>[\w+\/\-]{20,}={0,2})` },
  {
    what: 'a Slack webhook',
    markers: ['hooks.slack.com/'],
    form: String.raw`hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w+\/\-]{20,})`,
  },
  {
    what: 'a Teams webhook',
    markers: ['.webhook.office.com/'],
    form: String.raw`\.webhook\.office\.com\/(?<secret>[\w@\/\-]{40,})`,
  },
  {
    what: 'a Discord webhook',
    markers: ['/api/webhooks/'],
    form: String.raw`\/api\/webhooks\/\d{10,}\/(?<secret>[\w\-]{40,})`,
  },
  {
    what: 'a Telegram bot token',
    markers: [':AA'],
    before: String.raw`\d{6,16}`,
    form: String.raw`:AA[\w\-]{32,34}`,
  },
  {
    what: 'a Terraform token',
    markers: ['.atlasv1.'],
    before: '[0-9A-Za-z]{14}',
    form: String.raw`\.atlasv1\.[\w=\-]{40,}`,
  },
  {
    what: 'an Azure OpenAI key',
    markers: ['JQQJ99'],
    before: '[0-9A-Za-z]{40,80}',
    form: 'JQQJ99[0-9A-Za-z]{12,40}',
  },
  {
    what: 'an Azure client secret',
    markers: DIGITS.map((digit) => `${digit}Q~`),
    before: String.raw`[\w~.]{3}`,
    form: String.raw`\dQ~[\w~.\-]{31,34}`,
  },
  {
    what: 'an Azure account key',
    markers: ['AccountKey='],
    form: String.raw`AccountKey=(?<secret>[0-9A-Za-z+\/]{40,}={0,2})`,
  },
  {
    what: 'an Azure access key',
    markers: ['SharedAccessKey='],
    form: String.raw`SharedAccessKey=(?<secret>[0-9A-Za-z+\/]{32,}={0,2})`,
  },
]

/** A secret without a sign of its own, recognized only shortly after a word. */
export interface WordShape {
  readonly what: string
  /** In lower case. */
  readonly words: readonly string[]
  /** One of these is between the word and the secret too; left out where the word is enough. */
  readonly also?: readonly string[]
  readonly alphabet: Alphabet
  readonly length: number
}

const KEY_WORDS = ['key', 'secret', 'token', 'credential', 'password']

export const WORD_SHAPES: readonly WordShape[] = [
  {
    what: 'an Azure OpenAI key',
    words: ['azure'],
    also: [...KEY_WORDS, 'openai', '.com'],
    alphabet: 'hex',
    length: 32,
  },
  {
    what: 'an AWS secret key',
    words: ['aws', 'secret_access_key', 'secret access key'],
    alphabet: 'base64',
    length: 40,
  },
  { what: 'a Mistral key', words: ['mistral'], alphabet: 'alnum', length: 32 },
  { what: 'a Cohere key', words: ['cohere'], alphabet: 'alnum', length: 40 },
  { what: 'a Deepgram key', words: ['deepgram'], also: KEY_WORDS, alphabet: 'hex', length: 40 },
  { what: 'a Voyage key', words: ['voyage'], alphabet: 'url', length: 46 },
  { what: 'a Cloudflare token', words: ['cloudflare'], also: KEY_WORDS, alphabet: 'url', length: 40 },
  { what: 'a Vault token', words: ['vault'], also: KEY_WORDS, alphabet: 'dotted', length: 26 },
  { what: 'a Datadog key', words: ['datadog'], also: KEY_WORDS, alphabet: 'hex', length: 32 },
  { what: 'an Okta token', words: ['okta'], also: KEY_WORDS, alphabet: 'url', length: 42 },
  { what: 'a Twilio secret', words: ['twilio'], also: KEY_WORDS, alphabet: 'hex', length: 32 },
]
