/**
 * Puts text on the clipboard, and says whether it worked. By selecting it, as long as that exists: the clipboard's own
 * interface asks for a permission, and this window is given none.
 */
export async function copyText(text: string): Promise<boolean> {
  const field = document.createElement('textarea');
  const focused = document.activeElement;
  field.value = text;
  field.className = 'visually-hidden';
  // Beside the button that was pressed, or an open dialog would call the focus back.
  (focused?.parentElement ?? document.body).append(field);
  field.select();
  // oxlint-disable-next-line typescript/no-deprecated -- the one way to copy that needs no permission
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return Promise.resolve(copied);
}
