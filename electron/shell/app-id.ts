/** Equal to `appId` of the packages: the shortcuts of Windows' installer have it. */
export const APP_ID = 'app.castellan.Castellan'
