import { type Platform, platformName } from './platforms.ts'
import { tokenForm } from './rule.ts'

/** A text to copy, and where it belongs. */
export interface KeylessSnippet {
  readonly title: string
  readonly text: string
}

interface Token {
  /** The audience that the provider expects. */
  readonly audience: string
  /** The environment variables that have the token, or the path of its file. */
  readonly variables: { readonly token: string; readonly file: string }
}

/** The audience of a token: the provider's, or that of the platform where it needs one of its own. */
export function tokenAudience(platform: Platform, audience: string): string {
  return tokenForm(platform).audience ?? audience
}

/** How a workload of a platform gets its token: a job of a pipeline, or commands. */
export function tokenSnippet(platform: Platform, { audience: usual, variables }: Token): KeylessSnippet {
  const audience = tokenAudience(platform, usual)
  const file = '/tmp/identity-token'
  const title = `${platformName(platform)}: get a token`
  const lines: Readonly<Record<Platform, readonly string[]>> = {
    github: [
      'permissions:',
      '  id-token: write',
      '  contents: read',
      'steps:',
      '  - name: Get an identity token',
      '    run: |',
      '      curl -sSf -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\',
      `        "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${encodeURIComponent(audience)}" \\`,
      '        | jq -j .value > "$RUNNER_TEMP/identity-token"',
      `      echo "${variables.file}=$RUNNER_TEMP/identity-token" >> "$GITHUB_ENV"`,
    ],
    gitlab: ['job:', '  id_tokens:', `    ${variables.token}:`, `      aud: ${audience}`],
    'google-cloud': [
      "curl -sSf -H 'Metadata-Flavor: Google' \\",
      `  'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=${encodeURIComponent(audience)}&format=full' \\`,
      `  > ${file}`,
      `export ${variables.file}=${file}`,
    ],
    aws: [
      '# Once for the AWS account; it returns the issuer:',
      'aws iam enable-outbound-web-identity-federation',
      '# In the workload, whose role may call sts:GetWebIdentityToken, by a regional endpoint:',
      `aws sts get-web-identity-token --audience ${audience} --signing-algorithm RS256 \\`,
      '  --duration-seconds 300 --query WebIdentityToken --output text \\',
      `  | tr -d '\\n' > ${file}`,
      `export ${variables.file}=${file}`,
    ],
    azure: [
      "curl -sSf -H 'Metadata: true' \\",
      `  'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent(audience)}' \\`,
      `  | jq -j .access_token > ${file}`,
      `export ${variables.file}=${file}`,
    ],
  }
  return { title, text: `${lines[platform].join('\n')}\n` }
}
