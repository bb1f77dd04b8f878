import type { Platform } from './platforms.ts'

/** The content of a platform's token, which a federation rule requires. Words in capitals are to be filled in. */
export interface TokenForm {
  readonly issuer: string
  readonly subject: string
  /** Where the filled-in words are found. */
  readonly hint: string
  /** Null: the provider's own. */
  readonly audience: string | null
}

/**
 * GitHub: OpenID Connect reference. GitLab: ID tokens. Google Cloud: identity tokens of the metadata server. AWS: outbound
 * identity federation, GetWebIdentityToken. Azure: access tokens (version 1) of managed identities.
 */
const FORMS: Readonly<Record<Platform, TokenForm>> = {
  github: {
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:OWNER/REPOSITORY:ref:refs/heads/main',
    hint: 'One repository and one branch. Of a deployment, repo:OWNER/REPOSITORY:environment:NAME is tighter.',
    audience: null,
  },
  gitlab: {
    issuer: 'https://gitlab.com',
    subject: 'project_path:GROUP/PROJECT:ref_type:branch:ref:main',
    hint: 'One project and one branch. The issuer of a GitLab of your own is its address.',
    audience: null,
  },
  'google-cloud': {
    issuer: 'https://accounts.google.com',
    subject: 'SERVICE_ACCOUNT_UNIQUE_ID',
    hint: 'The numeric unique id of the Google service account that is attached to the workload.',
    audience: null,
  },
  aws: {
    issuer: 'ISSUER_URL_OF_THE_AWS_ACCOUNT',
    subject: 'arn:aws:iam::ACCOUNT_ID:role/ROLE',
    hint: 'The ARN of the workload’s IAM role. AWS returns the issuer when outbound identity federation is enabled.',
    audience: null,
  },
  azure: {
    issuer: 'https://sts.windows.net/TENANT_ID/',
    subject: 'OBJECT_ID_OF_THE_MANAGED_IDENTITY',
    hint: 'An app registration of your own is the audience, so that a token opens nothing else.',
    audience: 'api://APPLICATION_ID',
  },
}

export function tokenForm(platform: Platform): TokenForm {
  return FORMS[platform]
}
