/**
 * The nonce that the shell writes into `main.html` for each load. Emotion and AG Grid take it as an option; sonner and
 * the scroll lock of the palette make a `<style>` and know no such option, so a style element gets it where it is made.
 * Imported before them by the entry, since sonner makes its style while its module loads.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

type CreateElement = (name: string, options?: ElementCreationOptions) => HTMLElement;
const createElement = (Reflect.get(document, 'createElement') as CreateElement).bind(document);

const createWithNonce: CreateElement = (name, options) => {
  const element = createElement(name, options);
  if (element instanceof HTMLStyleElement && element.nonce === '') element.nonce = styleNonce;
  return element;
};
Reflect.set(document, 'createElement', createWithNonce);
