// The nonce of this answer's content security policy: style elements without it do nothing.
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}
