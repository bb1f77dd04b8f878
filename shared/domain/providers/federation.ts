import type { KeylessSnippet } from '../keyless/token-snippet.ts'
import type { Platform } from '../keyless/platforms.ts'
import { envValue, scriptString } from '../literal.ts'

/** The ids that a program needs to act as a service account; those that are not known yet are words in capitals. */
export interface KeylessIds {
  readonly organization: string
  readonly project: string
  readonly account: string
}

/** How a provider accepts workloads without a key. */
export interface FederationForm {
  /** The audience that its tokens name. */
  readonly audience: string
  /** The environment variables of a program that have the token of its platform, or the path of its file. */
  readonly variables: { readonly token: string; readonly file: string }
  /** Where issuers and rules are made, in one step. */
  readonly place: string
  /** How a program uses the token of a platform. */
  readonly program: (platform: Platform, ids: KeylessIds) => KeylessSnippet
}

/** Workload identity authentication of the vendor's client (README of `openai` 7, `openai/auth`). */
export const OPENAI_FEDERATION: FederationForm = {
  audience: 'https://api.openai.com/v1',
  variables: { token: 'IDENTITY_TOKEN', file: 'IDENTITY_TOKEN_FILE' },
  place:
    'As an owner of the organization, add the identity provider under Workload identity in the settings, then a federation rule of it for the service account.',
  program: (platform, { account }) => {
    const provider = OPENAI_TOKENS[platform]
    return {
      title: 'Program: use the token',
      text: `${[
        ...provider.imports,
        "import OpenAI from 'openai'",
        '',
        'const client = new OpenAI({',
        '  workloadIdentity: {',
        "    identityProviderId: 'IDENTITY_PROVIDER_ID',",
        `    serviceAccountId: ${scriptString(account)},`,
        `    provider: ${provider.call},`,
        '  },',
        '})',
      ].join('\n')}\n`,
    }
  },
}

interface OpenAiToken {
  readonly imports: readonly string[]
  readonly call: string
}

const FROM_FILE: OpenAiToken = {
  imports: ["import { readFile } from 'node:fs/promises'"],
  call: "{ tokenType: 'jwt', getToken: () => readFile(process.env['IDENTITY_TOKEN_FILE'] ?? '', 'utf8') }",
}

const OPENAI_TOKENS: Readonly<Record<Platform, OpenAiToken>> = {
  github: FROM_FILE,
  gitlab: { imports: [], call: "{ tokenType: 'jwt', getToken: async () => process.env['IDENTITY_TOKEN'] ?? '' }" },
  'google-cloud': { imports: ["import { gcpIDTokenProvider } from 'openai/auth'"], call: 'gcpIDTokenProvider()' },
  aws: FROM_FILE,
  azure: {
    imports: ["import { azureManagedIdentityTokenProvider } from 'openai/auth'"],
    call: "azureManagedIdentityTokenProvider('api://APPLICATION_ID')",
  },
}

/** Workload identity federation: the variables that the vendor's clients read (WIF reference). */
export const ANTHROPIC_FEDERATION: FederationForm = {
  audience: 'https://api.anthropic.com',
  variables: { token: 'ANTHROPIC_IDENTITY_TOKEN', file: 'ANTHROPIC_IDENTITY_TOKEN_FILE' },
  place:
    'As an admin of the organization, add the issuer under Workload identity in the settings, then a federation rule of it that targets the service account.',
  program: (_platform, { organization, project, account }) => ({
    title: 'Environment: what the client reads',
    text: `${[
      'ANTHROPIC_FEDERATION_RULE_ID=FEDERATION_RULE_ID',
      `ANTHROPIC_ORGANIZATION_ID=${envValue(organization)}`,
      `ANTHROPIC_SERVICE_ACCOUNT_ID=${envValue(account)}`,
      `ANTHROPIC_WORKSPACE_ID=${envValue(project)}`,
      '# Remove ANTHROPIC_API_KEY: the client uses a key first where there is one.',
    ].join('\n')}\n`,
  }),
}
