/** Hands text over to be saved as a file: the system's own dialog asks where. The window itself may write nowhere. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has taken hold of the text by the next turn; a minute is more than any dialog's opening takes.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
