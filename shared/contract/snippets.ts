import { z } from 'zod'

import { connectionRef, id, operation, scopeShape } from './common.ts'

const text = z.string()

export const snippetsContract = {
  /**
   * How programs select the organization and the project, in each language; never a secret. INVALID for a provider
   * without a known client library.
   */
  project: operation.input(z.object({ projectId: id })).output(
    z.object({
      project: z.object({ id, name: z.string(), externalId: z.string() }),
      connection: connectionRef,
      python: text,
      typescript: text,
      curl: text,
      env: text,
    }),
  ),
  /** The map from clients in scope to their organizations, as code and as JSON. */
  map: operation
    .input(z.object(scopeShape))
    .output(z.object({ organizations: z.number().int(), python: text, typescript: text, json: text })),
  /** The naming convention of a client, or of the agency, as regular expressions for other tools’ linters. */
  naming: operation
    .input(z.object(scopeShape))
    .output(z.object({ pattern: z.string(), ecmascript: z.string(), python: z.string() })),
}
