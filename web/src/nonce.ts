// The nonce of this answer's content security policy: style elements without it do nothing.
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

// Where react-remove-scroll (of dialogs) looks for it.
declare global {
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ = nonce();
