import type { MenuItemConstructorOptions } from 'electron'

import { app } from './app.ts'
import { Emulated, emulates, note } from './emulated.ts'
import { setUp } from './set-up.ts'
import { windows } from './windows.ts'

/** What an item with a role does here; `null` is what the system does by itself, outside the application. */
const ROLES: Readonly<Record<string, (() => void) | null>> = {
  quit: () => app.quit(),
  close: () => windows.focused?.close(),
  reload: () => windows.focused?.webContents.reload(),
  about: () => app.showAboutPanel(),
  minimize: () => windows.focused?.minimize(),
  ...Object.fromEntries(
    ['undo', 'redo', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'delete', 'selectAll', 'toggleDevTools'].map(
      (role) => [role, null],
    ),
  ),
  ...Object.fromEntries(
    [
      'resetZoom',
      'zoomIn',
      'zoomOut',
      'togglefullscreen',
      'services',
      'hide',
      'hideOthers',
      'unhide',
      'zoom',
      'front',
    ].map((role) => [role, null]),
  ),
}

/** Roles that are whole menus, with the roles in them (docs/tutorial/menus.md). */
const MENUS: Readonly<Record<string, readonly string[]>> = {
  fileMenu: [process.platform === 'darwin' ? 'close' : 'quit'],
  editMenu: ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'],
  windowMenu: process.platform === 'darwin' ? ['minimize', 'zoom', 'front'] : ['minimize', 'zoom', 'close'],
  help: [],
}

const OPTIONS = new Set([
  'id',
  'role',
  'label',
  'type',
  'accelerator',
  'registerAccelerator',
  'enabled',
  'visible',
  'checked',
  'submenu',
  'click',
  'toolTip',
])

export class MenuItem {
  readonly id: string
  readonly role: string | undefined
  readonly label: string
  readonly type: string
  readonly accelerator: string | undefined
  readonly submenu: Menu | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #click: ((item: MenuItem, window: unknown, event: object) => void) | undefined

  constructor(options: MenuItemConstructorOptions) {
    const others = Object.keys(options).filter((name) => !OPTIONS.has(name))
    if (others.length > 0) throw new Error(`The stand-in for Electron makes no item with ${others.join(', ')}.`)
    const { role, label, submenu, enabled = true, visible = true, checked = false } = options
    if (role !== undefined && !Object.hasOwn(ROLES, role) && !Object.hasOwn(MENUS, role))
      throw new Error(`The stand-in for Electron has no item with the role ${role}.`)
    const items = submenu ?? (role === undefined ? undefined : MENUS[role]?.map((each) => ({ role: each as 'quit' })))
    this.id = options.id ?? ''
    this.role = role
    this.label = label ?? role ?? ''
    this.type = options.type ?? (items === undefined ? 'normal' : 'submenu')
    this.accelerator = options.accelerator
    this.submenu =
      items === undefined
        ? undefined
        : items instanceof Menu
          ? items
          : Menu.buildFromTemplate(items as MenuItemConstructorOptions[])
    this.enabled = enabled
    this.visible = visible
    this.checked = checked
    this.#click = options.click as never
  }

  /** As a person presses it. */
  click(): void {
    note('MenuItem.click')
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.#click !== undefined) this.#click(this, windows.focused ?? undefined, {})
    else if (this.role !== undefined) ROLES[this.role]?.()
  }
}

let applicationMenu: Menu | null = null

export class Menu {
  readonly items: readonly MenuItem[]
  static readonly $popped: Menu[] = []

  constructor(items: readonly MenuItem[] = []) {
    this.items = items
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)))
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  popup(_options: object = {}): void {
    Menu.$popped.push(this)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found !== null) return found
    }
    return null
  }
}
emulates('Menu', Menu)

export class Tray extends Emulated {
  static readonly $made: Tray[] = []
  readonly $image: unknown
  $toolTip = ''
  $menu: Menu | null = null
  #isDestroyed = false

  constructor(image: unknown) {
    super()
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready')
    this.$image = image
    Tray.$made.push(this)
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (!setUp.hasTray) throw new Error('The desktop of this test shows no tray: nothing comes from it.')
    return super.emit(event, ...values)
  }

  setToolTip(toolTip: string): void {
    this.$toolTip = toolTip
  }

  setContextMenu(menu: Menu | null): void {
    this.$menu = menu
  }

  setImage(image: unknown): void {
    this.$changed = image
  }

  $changed: unknown = null

  destroy(): void {
    this.#isDestroyed = true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}
emulates('Tray', Tray)
