/**
 * The window's one door for markup. The content policy lets nothing into `innerHTML` or a script URL except through a
 * Trusted Types policy. Our own code never makes markup; Leaflet does, for a handful of constants written in its source.
 * Those pass, by exact match; whatever else reaches such a sink is turned into text, so a hostile name stays a name.
 *
 * Imported first by the entry: Leaflet probes a sink while its module loads.
 */
const LIBRARY_MARKUP: ReadonlySet<string> = new Set([
  // Leaflet 1.9.4: its SVG probe, zoom buttons, attribution separator, popup close button, an empty icon.
  '<svg/>',
  '<span aria-hidden="true">+</span>',
  '<span aria-hidden="true">&#x2212;</span>',
  ' <span aria-hidden="true">|</span> ',
  '<span aria-hidden="true">&#215;</span>',
]);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function asHarmlessMarkup(markup: string): string {
  return LIBRARY_MARKUP.has(markup) ? markup : markup.replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? '');
}

/** Workers may come from our own origin or from a blob that our own code made; anything else is refused. */
export function asOwnScriptUrl(url: string, base: string): string {
  const target = new URL(url, base);
  const own = new URL(base);
  const isOwn = target.protocol === 'blob:' || (target.protocol === own.protocol && target.host === own.host);
  if (!isOwn)
    throw new TypeError(`A script from ${target.protocol}//${target.host} is not Switchyard's and was not loaded.`);
  return url;
}

type PolicyRules = {
  readonly createHTML: (markup: string) => string;
  readonly createScriptURL: (url: string) => string;
};
type PolicyFactory = { readonly createPolicy: (name: string, rules: PolicyRules) => unknown };

const rules: PolicyRules = {
  createHTML: asHarmlessMarkup,
  createScriptURL: (url) => asOwnScriptUrl(url, location.href),
};

/** `switchyard` is for our own code to name; `default` is what libraries meet that know nothing of policies. */
export function installTrustedTypes(): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy('switchyard', rules);
  factory?.createPolicy('default', rules);
}

if (typeof document !== 'undefined') installTrustedTypes();
