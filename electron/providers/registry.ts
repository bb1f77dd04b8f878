import type { ProviderId } from '../../shared/domain/providers/providers.ts'
import { readAnthropic } from './anthropic/read.ts'
import { testAnthropic } from './anthropic/test.ts'
import { anthropicUsage } from './anthropic/usage.ts'
import { planAnthropic, writeAnthropic } from './anthropic/write.ts'
import { readFileProvider, testFileProvider } from './file/read.ts'
import { fileUsage } from './file/usage.ts'
import { planFile, writeFileProvider } from './file/write.ts'
import { readOpenAi } from './openai/read.ts'
import { testOpenAi } from './openai/test.ts'
import { openAiUsage } from './openai/usage.ts'
import { planOpenAi, writeOpenAi } from './openai/write.ts'
import { readOpenRouter } from './openrouter/read.ts'
import { testOpenRouter } from './openrouter/test.ts'
import { openRouterUsage } from './openrouter/usage.ts'
import { planOpenRouter, writeOpenRouter } from './openrouter/write.ts'
import type { Provider } from './kit/provider.ts'

const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  openai: {
    id: 'openai',
    read: readOpenAi,
    test: testOpenAi,
    usage: openAiUsage,
    plan: planOpenAi,
    write: writeOpenAi,
  },
  anthropic: {
    id: 'anthropic',
    read: readAnthropic,
    test: testAnthropic,
    usage: anthropicUsage,
    plan: planAnthropic,
    write: writeAnthropic,
  },
  openrouter: {
    id: 'openrouter',
    read: readOpenRouter,
    test: testOpenRouter,
    usage: openRouterUsage,
    plan: planOpenRouter,
    write: writeOpenRouter,
  },
  file: {
    id: 'file',
    read: readFileProvider,
    test: testFileProvider,
    usage: fileUsage,
    plan: planFile,
    write: writeFileProvider,
  },
}

/** The adapter of a provider. */
export function providerOf(id: ProviderId): Provider {
  return PROVIDERS[id]
}
