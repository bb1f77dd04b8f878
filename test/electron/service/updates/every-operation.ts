import type { Service } from '../../../../electron/service/process/open.ts'

/** Asks every operation of updates, without a feed and a release key; refusals are answers too. */
export async function everyUpdateOperation(
  { updates }: Service['api'],
  path: string,
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    status: () => updates.status(),
    setFeed: () => updates.setFeed({ feed: null }),
    check: () => updates.check(),
    download: async () => (await updates.download()).next(),
    verify: () => updates.verify({ path }),
    install: () => updates.install(),
    discard: () => updates.discard(),
  }
  for (const [name, call] of Object.entries(asked)) await ask(`updates.${name}`, call().catch(String))
}
