import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { FakeAnthropicOrganization } from '../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import type { FakeOpenAiOrganization } from '../../providers/openai-organization.ts'
import type { Organization, World } from './state.ts'
import { toAnthropic, toOpenAi, writeFile } from './wire.ts'

/** How the providers of a world are reached. */
export interface Served {
  /** Puts an organization as it is now where the product reads it. */
  publish(organization: Organization): void
  /** Where the product reads it. */
  find(organization: Organization): { path: string } | { baseUrl: string; credential: string }
  close(): Promise<void>
}

const credential = ({ id, vendor }: Organization): string =>
  ['sk', vendor === 'openai' ? 'admin' : 'ant-admin01', `${id.replaceAll(/[^a-z]/gu, '')}0123456789abcdef`].join('-')

export async function serve(world: World): Promise<Served> {
  const openAi = new Map<string, FakeOpenAiOrganization>()
  const anthropic = new Map<string, FakeAnthropicOrganization>()
  for (const organization of world.organizations) {
    const { id, vendor } = organization
    if (vendor === 'openai') openAi.set(id, toOpenAi(organization, credential(organization)))
    if (vendor === 'anthropic') anthropic.set(id, toAnthropic(organization, credential(organization)))
  }
  const servers = {
    openai: await startFakeOpenAi({ organizations: [...openAi.values()] }),
    anthropic: await startFakeAnthropic({ organizations: [...anthropic.values()] }),
  }
  const folder = mkdtempSync(join(tmpdir(), 'castellan-world-'))
  const getPath = ({ id }: Organization): string => join(folder, `${id}.json`)
  return {
    publish(organization) {
      const { id, vendor } = organization
      if (vendor === 'file') writeFile(organization, getPath(organization))
      else if (vendor === 'openai')
        Object.assign(openAi.get(id) ?? {}, toOpenAi(organization, credential(organization)))
      else Object.assign(anthropic.get(id) ?? {}, toAnthropic(organization, credential(organization)))
    },
    find: (organization) =>
      organization.vendor === 'file'
        ? { path: getPath(organization) }
        : { baseUrl: servers[organization.vendor].baseUrl, credential: credential(organization) },
    close: async () => {
      await Promise.all([servers.openai.close(), servers.anthropic.close()])
    },
  }
}
