/** The report of the window's page about itself. */
export interface PageReport {
  readonly secure: boolean
  /** The number of module scripts in the page. */
  readonly modules: number
  /** Fonts that were loaded, and fonts that failed. */
  readonly fonts: { readonly loaded: number; readonly failed: number }
  /** The width of a heading in pixels, which is zero where no font has its letters. */
  readonly headingWidth: number
  readonly keepsItems: boolean
  /** The result of an inline script, and the rule that it broke. */
  readonly inline: { readonly ran: boolean; readonly rule: string }
  readonly reachesNetwork: boolean
  /** Names of Electron and Node that the page can see. */
  readonly exposed: readonly string[]
}

/** Waits for the first screen of the page, which needs an answer of the service. Runs in the page. */
export async function waitForFirstScreen(): Promise<string> {
  for (;;) {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
      /sample agency/iu.test(textContent),
    )
    if (button !== undefined) return document.querySelector('h1, h2')?.textContent ?? ''
    await new Promise((settle) => setTimeout(settle, 20))
  }
}

/** Tries things that the page's policy allows and forbids. Runs in the page. */
export async function readPage(): Promise<PageReport> {
  const broken = new Promise<string>((settle) => {
    document.addEventListener('securitypolicyviolation', (event) => settle(event.effectiveDirective), { once: true })
    setTimeout(() => settle('none'), 2000)
  })
  const script = document.createElement('script')
  script.textContent = "document.documentElement.dataset.selfTest = 'ran'"
  document.head.append(script)
  const rule = await broken
  script.remove()
  const ran = document.documentElement.dataset['selfTest'] === 'ran'
  localStorage.setItem('castellan-self-test', 'kept')
  const keepsItems = localStorage.getItem('castellan-self-test') === 'kept'
  localStorage.removeItem('castellan-self-test')
  await document.fonts.ready
  const states = [...document.fonts].map(({ status }) => status)
  return {
    secure: isSecureContext,
    modules: [...document.scripts].filter(({ type }) => type === 'module').length,
    fonts: {
      loaded: states.filter((state) => state === 'loaded').length,
      failed: states.filter((state) => state === 'error').length,
    },
    headingWidth: document.querySelector('h1, h2')?.getBoundingClientRect().width ?? 0,
    keepsItems,
    inline: { ran, rule },
    reachesNetwork: await fetch('https://castellan.invalid/').then(
      () => true,
      () => false,
    ),
    exposed: ['require', 'module', 'process', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  }
}

/** The path of a file that the page has loaded. Runs in the page. */
export function findFile(): string {
  return new URL(document.scripts[0]?.src ?? '').pathname
}

/** All global names that scripts find in a window. Runs in a page. */
export function listNames(): readonly string[] {
  return Object.getOwnPropertyNames(globalThis)
}
