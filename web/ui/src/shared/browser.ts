// Which browser this is, as far as it decides what a person must press. A
// browser that calls itself something else gets a picture that is nearly right.

export type Picture = "chrome" | "chrome_phone" | "safari" | "safari_phone" | "firefox" | "ios_app";

export interface Browser {
  picture: Picture;
  platform: "ios" | "android" | "windows" | "macos" | "linux" | "";
  /** The browser inside another app, which often gives no camera. */
  inApp: boolean;
  /** One answer to the browser's question holds for the frames in this page too:
   *  only then is it asked here, before the call is opened. */
  delegates: boolean;
}

const messengers = /FBAN|FBAV|FB_IAB|Instagram|VKClient|VKAndroidApp|VKiOSApp|OKApp|OkApp|Viber|WhatsApp|Telegram|MicroMessenger|\bLine\/|GSA\/|; wv\)/;

/** browserOf reads a user agent; touch tells an iPad from a Mac. */
export function browserOf(ua: string, touch: boolean): Browser {
  const platform = platformOf(ua, touch);
  const webkitApp = platform === "ios" && !/Safari\//.test(ua);
  const inApp = messengers.test(ua) || webkitApp;
  if (platform === "ios") {
    const other = inApp || /CriOS|FxiOS|EdgiOS|YaBrowser|OPiOS|OPT\//.test(ua);
    return { picture: other ? "ios_app" : "safari_phone", platform, inApp, delegates: false };
  }
  if (/Firefox\//.test(ua)) return { picture: "firefox", platform, inApp, delegates: true };
  const chromium = /Chrom(e|ium)\//.test(ua); // Edge, Yandex, Samsung and Opera among them
  if (!chromium) return { picture: "safari", platform, inApp, delegates: false };
  return { picture: platform === "android" ? "chrome_phone" : "chrome", platform, inApp, delegates: true };
}

function platformOf(ua: string, touch: boolean): Browser["platform"] {
  if (/iPhone|iPad|iPod/.test(ua) || (/Macintosh/.test(ua) && touch)) return "ios";
  if (/Android/.test(ua)) return "android";
  if (/Windows/.test(ua)) return "windows";
  if (/Macintosh|Mac OS X/.test(ua)) return "macos";
  return /Linux|CrOS|X11/.test(ua) ? "linux" : "";
}

/** thisBrowser is the one that shows the page. */
export const thisBrowser = (): Browser => browserOf(navigator.userAgent, (navigator.maxTouchPoints ?? 0) > 1);
