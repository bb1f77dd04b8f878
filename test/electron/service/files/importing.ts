import { readFileSync } from 'node:fs'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import type { ImportKind, ImportResult } from '../../../../shared/contract/files.ts'
import type { Service } from '../../../../electron/service/process/open.ts'

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url))
}

export interface Options {
  readonly client?: string
  readonly mapping?: Record<string, string | null>
  readonly connection?: number
  readonly provider?: 'openai' | 'anthropic'
  readonly complete?: boolean
  readonly fileName?: string
}

type Plan = Outputs['files']['plan']
type Done = ImportResult

export interface Importer {
  readonly plan: (kind: ImportKind, content: Uint8Array | string, options?: Options) => Promise<Plan>
  readonly run: (kind: ImportKind, content: Uint8Array | string, options?: Options) => Promise<Done>
  /** The Markdown register of the client without its closing population block, which describes the export itself. */
  readonly tables: (client?: string) => Promise<string>
}

/** Plans and imports through the contract, as the window and the terminal do. */
export function importer(service: Service): Importer {
  const input = (kind: ImportKind, content: Uint8Array | string, options: Options) => ({
    client: 'acme-corp',
    fileName: 'register.md',
    ...options,
    kind,
    content: new Uint8Array(typeof content === 'string' ? bytes(content) : content),
  })
  return {
    plan: (kind, content, options = {}) => service.api.files.plan(input(kind, content, options)),
    run: (kind, content, options = {}) => awaitImport(service.api.files.import(input(kind, content, options))),
    tables: async (client = 'acme-corp') => {
      const { text } = await service.api.files.renderRegister({ client, format: 'md' })
      // The title has the name of the client, which a register of the lesson leaves out.
      return text.slice(0, text.indexOf('\n### Population')).replace(/^(## AI Platform Access Register): .*$/mu, '$1')
    },
  }
}

export async function addAcme(service: Service, name = 'Acme Corp'): Promise<string> {
  return (await service.api.client.add({ name })).slug
}
