import type { Session as Target } from './browser.ts'
import { emulates } from './emulated.ts'

/** Where the page was before. */
export class NavigationHistory {
  readonly #target: () => Promise<Target>

  constructor(target: () => Promise<Target>) {
    this.#target = target
  }

  goBack(): void {
    void this.#go(-1)
  }

  goForward(): void {
    void this.#go(1)
  }

  clear(): void {
    void this.#target().then((target) => target.call('Page.resetNavigationHistory'))
  }

  async #go(steps: number): Promise<void> {
    const target = await this.#target()
    const { currentIndex, entries } = await target.call('Page.getNavigationHistory')
    const entry = entries[currentIndex + steps]
    if (entry === undefined || entry.url === 'about:blank') return
    await target.call('Page.navigateToHistoryEntry', { entryId: entry.id })
  }
}
emulates('NavigationHistory', NavigationHistory)
