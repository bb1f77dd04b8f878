import { z } from 'zod'

import { CLIENT_KINDS } from '../domain/client.ts'
import { instant, operation } from './common.ts'

export const clientKind = z.enum(CLIENT_KINDS)

export const colour = z.string().regex(/^#[0-9a-f]{6}$/iu, 'Write a colour as #rrggbb')

export const client = z.object({
  slug: z.string(),
  name: z.string(),
  kind: clientKind,
  colour,
  /** E-mail domains whose people belong to this client, lower case. */
  domains: z.array(z.string()),
  notes: z.string(),
  connections: z.number().int(),
  createdAt: instant,
  archivedAt: instant.nullable(),
})
export type Client = z.infer<typeof client>

const editable = {
  name: z.string().trim().min(1, 'Give the client a name').max(120),
  kind: clientKind.default('client'),
  colour: colour.optional(),
  domains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[^\s@]+\.[^\s@]+$/u, 'Write a domain as example.com'),
    )
    .default([]),
  notes: z.string().max(10_000).default(''),
}

export const clientContract = {
  list: operation
    .input(z.object({ archived: z.boolean().default(false) }).default({ archived: false }))
    .output(z.array(client)),
  get: operation.input(z.object({ slug: z.string() })).output(client),
  /**
   * By default the slug is made from the name, and a colour is chosen. CONFLICT for the name of another client or one
   * that looks like it, unless `sameName` confirms that it is intended.
   */
  add: operation
    .input(
      z.object({
        ...editable,
        slug: z
          .string()
          .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'Write lower-case letters, digits and single hyphens, such as acme-corp')
          .optional(),
        sameName: z.boolean().default(false),
      }),
    )
    .output(client),
  /** Leaves fields that are not given unchanged; CONFLICT as for `add`. The slug never changes: exports and calendars refer to it. */
  update: operation
    .input(
      z.object({
        slug: z.string(),
        name: editable.name.optional(),
        kind: clientKind.optional(),
        colour: colour.optional(),
        domains: editable.domains.unwrap().optional(),
        notes: z.string().max(10_000).optional(),
        sameName: z.boolean().default(false),
      }),
    )
    .output(client),
  /**
   * The client leaves every list and stays in the register. INVALID without a `reason` where leavers still have access, CONFLICT where it
   * has ten keys or more and `confirm` is not the word, such as `ARCHIVE 12`.
   */
  archive: operation
    .input(
      z.object({
        slug: z.string(),
        reason: z.string().trim().max(2000).optional(),
        confirm: z.string().max(40).optional(),
      }),
    )
    .output(client),
  restore: operation.input(z.object({ slug: z.string() })).output(client),
}
