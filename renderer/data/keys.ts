const APPLE = typeof navigator !== 'undefined' && /mac|iphone|ipad/iu.test(navigator.userAgent)

/** The modifier key of this platform's shortcuts, as it is printed on the keyboard. */
export const MOD = APPLE ? '⌘' : 'Ctrl'

/** The shortcut in words; `useLockShortcut` listens to it. */
export const LOCK_SHORTCUT = `${MOD} Shift L`
