/** The characters of a token after its prefix, as the inside of a class of a regular expression. */
const ALPHABETS = {
  hex: '0-9a-f',
  lower: '0-9a-z',
  upper: '0-9A-Z',
  alnum: '0-9A-Za-z',
  url: '0-9A-Za-z_-',
  dotted: '0-9A-Za-z_.-',
  base64: '0-9A-Za-z+/=_-',
} as const

export type Alphabet = keyof typeof ALPHABETS

export function alphabetClass(alphabet: Alphabet): string {
  return ALPHABETS[alphabet]
}

/**
 * `common`: the prefix is part of ordinary words, so that after a letter or a digit only a random rest makes it a secret. `checksum`: the last
 * six characters are the CRC-32 of those between them and the prefix.
 */
type Mark = 'common' | 'checksum'

type Row = readonly [
  id: string,
  /** With an article. */
  what: string,
  /** Separated by spaces. */
  prefixes: string,
  alphabet: Alphabet,
  /** The fewest characters after the prefix that are a secret, and the most that the issuer gives; 0 where that is not known. */
  least: number,
  most: number,
  mark?: Mark,
]

/**
 * Every token that its issuer begins with a prefix of its own, the more special prefix before the more general one. Prefixes, alphabets and
 * lengths are those of the issuers' documentation and of the public rules of betterleaks 1.7, gitleaks 8.30, trufflehog 3.97 and kingfisher.
 * A least length below the issuer's is one at which a shorter token was seen, or a part of one is as harmful.
 */
const ROWS = [
  // AI providers.
  ['openai-admin', 'an OpenAI admin key', 'sk-admin-', 'url', 20, 200],
  ['openai-project', 'an OpenAI project key', 'sk-proj-', 'url', 20, 200],
  ['openai-account', 'an OpenAI service-account key', 'sk-svcacct-', 'url', 20, 200],
  ['anthropic-admin', 'an Anthropic Console admin key', 'sk-ant-admin01-', 'url', 20, 120],
  ['anthropic-oauth', 'an Anthropic OAuth token', 'sk-ant-oat01- sk-ant-ort01-', 'url', 20, 200],
  ['anthropic', 'an Anthropic key', 'sk-ant-api01- sk-ant-api03- sk-ant-', 'url', 20, 200],
  ['openrouter', 'an OpenRouter key', 'sk-or-v1-', 'url', 20, 80],
  ['secret-key', 'an API key', 'sk-', 'url', 20, 200, 'common'],
  ['cursor', 'a Cursor key', 'key_', 'lower', 32, 64, 'common'],
  ['cursor-newer', 'a Cursor key of the newer form', 'crsr_', 'url', 20, 200],
  ['groq', 'a Groq key', 'gsk_', 'alnum', 40, 60],
  ['xai', 'an xAI key', 'xai-', 'url', 40, 120, 'common'],
  ['perplexity', 'a Perplexity key', 'pplx-', 'alnum', 40, 60],
  ['together', 'a Together key', 'tgp_v1_', 'url', 40, 50],
  ['cerebras', 'a Cerebras key', 'csk-', 'alnum', 40, 60],
  ['nvidia', 'an NVIDIA key', 'nvapi-', 'url', 40, 80],
  ['replicate', 'a Replicate token', 'r8_', 'alnum', 36, 40, 'common'],
  ['hugging-face', 'a Hugging Face token', 'api_org_ hf_', 'alnum', 30, 40, 'common'],
  ['elevenlabs', 'an ElevenLabs key', 'sk_', 'hex', 32, 48, 'common'],
  ['fireworks', 'a Fireworks key', 'fw_', 'alnum', 22, 40, 'common'],
  ['pinecone', 'a Pinecone key', 'pcsk_', 'url', 40, 90],
  ['langsmith', 'a LangSmith key', 'lsv2_pt_ lsv2_sk_', 'url', 40, 50],
  ['vercel', 'a Vercel token', 'vck_ vcp_ vca_ vcr_ vci_', 'url', 40, 60],
  // Clouds.
  ['google', 'a Google API key', 'AIza', 'url', 35, 39],
  ['gemini', 'a Gemini key', 'AQ.', 'url', 40, 80, 'common'],
  ['google-oauth', 'a Google access token', 'ya29.', 'dotted', 40, 0],
  ['google-client', 'a Google client secret', 'GOCSPX-', 'url', 24, 28],
  ['aws', 'an AWS access key', 'AKIA ASIA ABIA ACCA', 'upper', 16, 16, 'common'],
  ['bedrock', 'an Amazon Bedrock key', 'ABSK', 'base64', 60, 280, 'common'],
  ['bedrock-short', 'an Amazon Bedrock key', 'bedrock-api-key-', 'base64', 28, 0],
  ['digitalocean', 'a DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', 'hex', 40, 64],
  ['databricks', 'a Databricks token', 'dapi', 'hex', 32, 32, 'common'],
  ['supabase', 'a Supabase key', 'sbp_ sb_secret_', 'url', 30, 40],
  ['heroku', 'a Heroku key', 'HRKU-', 'url', 36, 60],
  ['vault', 'a Vault token', 'hvs. hvb. hvr.', 'url', 24, 300],
  ['doppler', 'a Doppler token', 'dp.pt. dp.st.', 'dotted', 40, 80],
  ['pulumi', 'a Pulumi token', 'pul-', 'hex', 40, 40, 'common'],
  // Code and packages.
  ['github-fine', 'a fine-grained GitHub token', 'github_pat_', 'url', 30, 93],
  ['github', 'a classic GitHub token', 'ghp_', 'alnum', 36, 36, 'checksum'],
  ['github-app', 'a token of a GitHub app', 'ghs_', 'alnum', 36, 36],
  ['github-user', 'a GitHub token', 'gho_ ghu_ ghr_', 'alnum', 36, 76, 'checksum'],
  [
    'gitlab',
    'a GitLab token',
    'glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat-',
    'dotted',
    20,
    320,
  ],
  ['npm', 'an npm token', 'npm_', 'alnum', 36, 36, 'checksum'],
  ['pypi', 'a PyPI token', 'pypi-AgE', 'url', 40, 1000],
  ['rubygems', 'a RubyGems key', 'rubygems_', 'hex', 48, 48],
  ['docker', 'a Docker token', 'dckr_pat_ dckr_oat_', 'url', 27, 32],
  // Payments, messages and the rest of an office.
  ['stripe', 'a Stripe key', 'sk_live_ sk_test_ rk_live_ rk_test_', 'alnum', 16, 200],
  ['stripe-webhook', 'a webhook secret', 'whsec_', 'base64', 24, 80],
  ['slack-app', 'a Slack app token', 'xapp-', 'url', 20, 200],
  ['slack', 'a Slack token', 'xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs-', 'base64', 20, 400],
  ['sendgrid', 'a SendGrid key', 'SG.', 'dotted', 40, 70, 'common'],
  ['mailgun', 'a Mailgun key', 'key-', 'hex', 32, 32, 'common'],
  ['linear', 'a Linear key', 'lin_api_', 'alnum', 32, 40],
  ['notion', 'a Notion token', 'ntn_', 'alnum', 40, 50],
  ['grafana', 'a Grafana token', 'glsa_ glc_', 'base64', 32, 200],
  ['sentry', 'a Sentry token', 'sntrys_ sntryu_', 'base64', 40, 0],
  ['new-relic', 'a New Relic key', 'NRAK-', 'alnum', 27, 27],
  ['postman', 'a Postman key', 'PMAK-', 'url', 40, 60],
  ['posthog', 'a PostHog key', 'phx_', 'url', 40, 50],
  ['shopify', 'a Shopify token', 'shpat_ shpss_ shpca_ shppa_', 'hex', 32, 32],
  ['atlassian', 'an Atlassian token', 'ATATT3', 'base64', 60, 200],
  ['tailscale', 'a Tailscale key', 'tskey-', 'url', 20, 80],
  ['one-password', 'a 1Password token', 'ops_eyJ', 'base64', 100, 0],
  ['age', 'an age key', 'AGE-SECRET-KEY-1', 'upper', 50, 58],
] as const satisfies readonly Row[]

export type TokenShapeId = (typeof ROWS)[number][0]

/** A token that its issuer begins with a prefix of its own. */
export interface TokenShape {
  readonly id: TokenShapeId
  /** With an article: `an OpenAI admin key`. */
  readonly what: string
  /** The more special before the more general one. */
  readonly prefixes: readonly string[]
  readonly alphabet: Alphabet
  readonly least: number
  /** Null where it is not known. */
  readonly most: number | null
  readonly mark: Mark | null
}

export const TOKEN_SHAPES: readonly TokenShape[] = ROWS.map(([id, what, prefixes, alphabet, least, most, mark]) => ({
  id,
  what,
  prefixes: prefixes.split(' '),
  alphabet,
  least,
  most: most === 0 ? null : most,
  mark: mark ?? null,
}))

export function findTokenShape(id: TokenShapeId): TokenShape {
  const shape = TOKEN_SHAPES.find((each) => each.id === id)
  if (shape === undefined) throw new Error(`There is no shape ${id}.`)
  return shape
}

const PREFIXES = TOKEN_SHAPES.flatMap(({ prefixes }) => prefixes).toSorted((a, b) => b.length - a.length)

/** The issuer's prefix of a token, which is not secret; empty for one of no known issuer. */
export function findPrefix(token: string): string {
  return PREFIXES.find((prefix) => token.startsWith(prefix)) ?? ''
}
